# Unit tests of src/app: each program is made of the .c file of its name.
