"""What all features share: declarations of SQL functions, the road to the database, the desk."""
