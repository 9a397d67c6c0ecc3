# Files of src/http.
