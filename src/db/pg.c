#include "db/driver.h"

const struct db_driver *const db_postgres = NULL;
