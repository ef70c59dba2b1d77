"""The registry desk: changes of facts and announcements, each proposed by one person and approved by another."""
