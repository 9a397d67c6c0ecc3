# Unit tests of src/wire: each program is made of the .c file of its name.
