# Unit tests of src/people: each program is made of the .c file of its name.
