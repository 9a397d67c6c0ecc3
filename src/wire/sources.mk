# Files of src/wire.
