# Unit tests of src/base: each program is made of the .c file of its name.
