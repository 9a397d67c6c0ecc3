# Unit tests of src/db: each program is made of the .c file of its name.
