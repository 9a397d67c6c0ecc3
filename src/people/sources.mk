# Files of src/people.
