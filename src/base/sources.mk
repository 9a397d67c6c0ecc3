# Files of src/base.
