# Files of src/contacts.
