/* main.c - the program's door. */
#include "base/base.h"

int main(void)
{
	return 0;
}
