//! Notices on a real database: the command line's month, campaigns, and their counts under whatever happens.

mod campaigns;
mod command_line;
mod counts;
mod desk;
mod ward;
