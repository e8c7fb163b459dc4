//! The counter over HTTP, in process: a training office on disk, virtual cards on its simulated readers.

mod applicants;
mod between;
mod days;
mod early;
mod events;
mod interrupted;
mod mode;
mod notices;
mod pins;
mod procedures;
mod races;
mod renewal;
#[allow(dead_code)] // the tests of the web (`tests/web`) use the rest
mod support;
mod terminal;
mod two_visits;
mod work_lists;
