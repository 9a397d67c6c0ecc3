# Files of src/edit.
