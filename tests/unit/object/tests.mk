# Unit tests of src/object: each program is made of the .c file of its name.
