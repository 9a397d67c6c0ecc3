# Files of src/carddav.
