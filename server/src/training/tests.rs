//! The ward on a range of days.
