# Unit tests of src/http: each program is made of the .c file of its name.
