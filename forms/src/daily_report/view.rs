//! What a daily report says.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::office::OfficeText;

/// One day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyReport {
    /// The day.
    pub day: NaiveDate,
    /// What is counted, in the order it is told.
    pub counts: Vec<ReportCount>,
    /// What didn't come out, each with what the office says about it.
    #[serde(default)]
    pub explanations: Vec<ReportExplanation>,
    /// The trail at the moment the day was closed.
    #[serde(default)]
    pub checkpoint: Option<ReportCheckpoint>,
    /// Which report of this day it is: more than 1 when the day was closed again.
    #[serde(default = "first")]
    pub edition: u32,
    /// The cases touched on that day, in the order of their numbers. Nobody's name is among it.
    pub cases: Vec<ReportCase>,
    /// Who closed the day and when, such as 佐藤 令和8年11月24日 17:20.
    pub made_by: String,
    /// Whose counter it is.
    pub office: OfficeText,
}

/// A number of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportCount {
    /// What was counted, such as 更新 完了.
    pub label: String,
    /// How many.
    pub count: u64,
}

/// Something that didn't come out, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportExplanation {
    /// What, as a sentence.
    pub what: String,
    /// Why, in the words of who closed the day.
    pub why: String,
}

/// How far the trail reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportCheckpoint {
    /// How many records it held.
    pub records: u64,
    /// The last one's hash, hexadecimal.
    pub head: String,
    /// The number of the signed checkpoint, 第3号.
    pub number: String,
    /// The beginning of its signature: enough to find the file that belongs to this sheet.
    pub signature: String,
}

/// A case as the day's list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportCase {
    /// 受付番号.
    pub reception_number: String,
    /// When it was opened or last touched, such as 10:35.
    pub time: String,
    /// The procedure in a word.
    pub procedure: String,
    /// Who came.
    pub applicant: String,
    /// Where it stands.
    pub state: String,
    /// The member of staff.
    pub staff: String,
}

fn first() -> u32 {
    1
}
