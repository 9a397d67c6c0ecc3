#!/bin/sh
# Every schema file is in the list of what is installed.
top=$(cd "$(dirname "$0")/../../.." && pwd)
status=0
for file in "$top"/schemas/truth/*.sql; do
	grep -q "dist_truth_DATA = .*schemas/truth/${file##*/}" "$top/src/app/sources.mk" ||
		{ echo "src/app/sources.mk does not install ${file##*/}"; status=1; }
done
exit $status
