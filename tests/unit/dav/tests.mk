# Unit tests of src/dav: each program is made of the .c file of its name.
