// SQLite for Swift, with what Swift cannot import: variadic functions and macros that cast.
#ifndef CSQLITE_SHIM_H
#define CSQLITE_SHIM_H

#include <sqlite3.h>

// Sets a connection's switch, one of SQLITE_DBCONFIG_* that take an int and an int * (sqlite3_db_config is variadic).
// `result` receives the new state: an option that SQLite does not know leaves it alone and returns SQLITE_ERROR.
static inline int csqlite_db_config_switch(sqlite3 *database, int option, int on, int *result) {
  return sqlite3_db_config(database, option, on, result);
}

// Binds UTF-8 text of `size` bytes, which SQLite copies (SQLITE_TRANSIENT is a cast function pointer).
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, sqlite3_uint64 size) {
  return sqlite3_bind_text64(statement, index, text, size, SQLITE_TRANSIENT, SQLITE_UTF8);
}

// Binds `size` bytes, which SQLite copies.
static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 size) {
  return sqlite3_bind_blob64(statement, index, bytes, size, SQLITE_TRANSIENT);
}

#endif
