# Files of src/dav.
