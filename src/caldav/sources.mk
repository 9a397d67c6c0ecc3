# Files of src/caldav.
