/* banned.h - calls that have hurt everybody who made them. Included by base.h. */
#ifndef KONTOR_BASE_BANNED_H
#define KONTOR_BASE_BANNED_H

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf gets strtok localtime gmtime ctime asctime
#pragma GCC poison atoi atol atoll tmpnam mktemp setlocale

#endif
