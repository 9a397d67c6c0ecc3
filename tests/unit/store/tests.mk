# Unit tests of src/store: each program is made of the .c file of its name.
