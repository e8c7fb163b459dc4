//! The parts pages are made of. Each escapes what it is given, carries its own label, and looks the same everywhere.

mod bar;
mod button;
mod date_field;
mod errors;
mod field;
mod form;
mod history;
mod mark;
mod notice;
mod number;
mod pagination;
mod progress;
mod select;
mod steps;
mod summary;
mod table;
mod textarea;
mod ticks;

pub use bar::ValidityBar;
pub use button::{Button, link_button};
pub use date_field::DateField;
pub use errors::{FieldError, FormErrors};
pub use field::Field;
pub use form::{PostForm, post_form};
pub use history::{HistoryDay, HistoryEntry, history_list};
pub use mark::{Mark, state_mark};
pub use notice::{Notice, Tone, banner};
pub use number::grouped;
pub use pagination::{Pages, pagination};
pub use progress::{ProgressLine, StepOutcome, progress_list};
pub use select::{Choice, Select};
pub use steps::{StepItem, StepStatus, step_list};
pub use summary::{Source, SummaryList, describe_source};
pub use table::{Align, Column, Table};
pub use textarea::TextArea;
pub use ticks::{CheckboxGroup, RadioGroup};
