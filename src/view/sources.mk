# Files of src/view.
