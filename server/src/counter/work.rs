//! Lists of work: what waits for whom, and the one thing to do next.

mod lists;
mod rows;

pub use lists::List;

use crate::counter::inquiry::watch;
use crate::error::Result;
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::work_lists::{self, CaseCounts};
use app::components::Pages;
use app::pages::work_lists::{WorkItem, WorkListsPage, WorkTab};

/// Rows on a page.
const PAGE: i64 = 100;

/// How many rows each list has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    cases: CaseCounts,
    /// Campaigns with notices to print.
    drafted: i64,
    /// Campaigns with notices to post.
    printed: i64,
    /// Notices that came back.
    returned: i64,
}

impl Counts {
    /// The counts as things stand.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn now(office: &Office) -> Result<Self> {
        let pool = office.store().read();
        Ok(Self {
            cases: work_lists::case_counts(pool).await?,
            drafted: work_lists::notice_campaigns(pool, "drafted").await?,
            printed: work_lists::notice_campaigns(pool, "printed").await?,
            returned: work_lists::returned_notice_count(pool).await?,
        })
    }

    /// The rows of one list.
    pub fn of(&self, list: List) -> u64 {
        let cases = &self.cases;
        let many = match list {
            List::Counter => cases.at_counter,
            List::Print => cases.to_print + self.drafted,
            List::Post => cases.to_post + self.printed,
            List::Due => cases.due,
            List::Overdue => cases.overdue,
            List::Returned => cases.returned + self.returned,
            List::Interrupted => cases.interrupted,
            List::Told => cases.told,
        };
        many.unsigned_abs()
    }

    /// The number on the menu: rows that wait for the office, not for somebody outside or at the counter.
    pub fn waiting(&self) -> u32 {
        let waiting = [List::Print, List::Post, List::Overdue, List::Returned, List::Interrupted];
        u32::try_from(waiting.into_iter().map(|list| self.of(list)).sum::<u64>()).unwrap_or(u32::MAX)
    }
}

/// One list, after a look at what files and days have changed.
///
/// # Errors
/// When the role may not see people, or the database refuses.
pub async fn page(office: &Office, visitor: &Visitor, list: List, page: u32) -> Result<WorkListsPage> {
    visitor.require(Act::SeeResidents)?;
    watch::sweep(office).await?;
    let counts = Counts::now(office).await?;
    let total = counts.of(list);
    let last = u32::try_from(total.div_ceil(PAGE.unsigned_abs()).max(1)).unwrap_or(u32::MAX);
    let current = page.clamp(1, last);
    let tab = |each: &List| WorkTab {
        label: each.label().to_owned(),
        href: format!("/work?list={}", each.code()),
        count: counts.of(*each),
        current: *each == list,
    };
    Ok(WorkListsPage {
        tabs: List::ALL.iter().map(tab).collect(),
        title: list.label().to_owned(),
        about: list.about().to_owned(),
        day_head: list.day_head(),
        empty: list.empty().to_owned(),
        rows: rows_of(office, visitor, list, i64::from(current - 1) * PAGE).await?,
        pages: Pages { current, last, total, address: format!("/work?list={}&page=", list.code()) },
    })
}

/// The rows of one page: what concerns many people at once first, then letters that came back, then cases.
async fn rows_of(office: &Office, visitor: &Visitor, list: List, skip: i64) -> Result<Vec<WorkItem>> {
    let pool = office.store().read();
    let mut found = Vec::new();
    if let Some(state) = list.notices() {
        for group in work_lists::notice_groups(pool, state).await? {
            found.push(rows::of_campaign(visitor, list, &group)?);
        }
    }
    // The months of notices are few: they stand before the cases, whichever page is asked for.
    let before = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let mut found: Vec<WorkItem> =
        found.into_iter().skip(usize::try_from(skip).unwrap_or(usize::MAX)).collect();
    let mut skip = (skip - before).max(0);
    if list == List::Returned {
        let many = work_lists::returned_notice_count(pool).await?;
        for notice in work_lists::returned_notices(pool, skip, PAGE).await? {
            found.push(rows::of_returned(visitor, &notice)?);
        }
        skip = (skip - many).max(0);
    }
    let room = PAGE - i64::try_from(found.len()).unwrap_or(PAGE);
    if room > 0 {
        let states: Vec<_> = list.states().iter().map(|state| state.code()).collect();
        let states = serde_json::to_string(&states)?;
        for case in work_lists::cases(pool, &states, list.narrow(), skip, room).await? {
            found.push(rows::of_case(visitor, &case, office.clock().today())?);
        }
    }
    Ok(found)
}
