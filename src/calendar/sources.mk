# Files of src/calendar.
