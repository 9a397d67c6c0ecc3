# Files of src/object.
