//! From a released list to letters: each person is asked about once more, numbered and written down, in post order and a
//! hundred at a time. Then it is decided which letter is in which file.

use super::write::{self, New, Void};
use super::{BY_ITSELF, Campaign, load, message};
use crate::audit;
use crate::error::{Error, Result};
use crate::notices::letter;
use crate::notices::plan::{self, LeftOut, Target};
use crate::office::{Office, Rulebook};
use crate::paper;
use crate::store::campaigns::Step;
use crate::store::{WriteTx, campaign_parts, campaign_targets, counters, letters};
use chrono::NaiveDate;
use forms::notice::NoticeLetter;
use forms::{OfficeText, Paper, PrintOptions};
use rules::campaign::{CampaignEvent, CampaignState, VoidReason};
use std::collections::HashMap;
use std::sync::Arc;

/// Letters written down in one transaction.
const CHUNK: i64 = 100;

/// What all letters of one moment have in common.
pub struct Desk<'a> {
    office: &'a Office,
    rulebook: Arc<Rulebook>,
    text: Arc<OfficeText>,
    options: PrintOptions,
    reply_form: bool,
    part_letters: u32,
    /// 発行日.
    pub today: NaiveDate,
    /// This moment.
    pub at: String,
}

impl<'a> Desk<'a> {
    /// The office's words, settings and day as they are now.
    ///
    /// # Errors
    /// When the settings can't be read.
    pub async fn open(office: &'a Office) -> Result<Self> {
        let settings = paper::settings::load(office).await?;
        Ok(Self {
            office,
            rulebook: office.rulebook(),
            text: office.text(),
            options: paper::options(office, Paper::Notice).await?,
            reply_form: settings.reply_form,
            part_letters: settings.part_letters,
            today: office.clock().today(),
            at: office.clock().stamp(),
        })
    }

    /// Numbers a person's letter and writes it down in place of those it replaces.
    ///
    /// # Errors
    /// When the person has another living notice, or the database refuses.
    pub async fn write(
        &self,
        tx: &mut WriteTx,
        campaign: &Campaign,
        target: &Target,
        replaces: &[i64],
        actor: &str,
    ) -> Result<NoticeLetter> {
        let wording = paper::keep_wording(tx, &self.options, Paper::Notice, &self.at).await?;
        let form = letter::Form { reply: self.reply_form, wording: &wording, issued: self.today };
        let number = counters::next(tx, "letter").await?;
        let token = forms::code::token(self.office.rng().bytes());
        let letter = letter::letter(target, number, token, &self.text, &self.rulebook, &form)?;
        let new = New { campaign_id: campaign.row.id, target, letter: &letter, printed: false, replaces };
        write::letter(tx, &new, actor, &self.at).await?;
        let person = &target.person.resident_number;
        campaign_targets::give_letter(tx, campaign.row.id, person, number, &self.at).await?;
        Ok(letter)
    }

    /// Decides once and for all in which file each letter is that has none yet; returns how many letters that were.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn divide(&self, tx: &mut WriteTx, campaign_id: i64) -> Result<usize> {
        let numbers = letters::without_part(tx, campaign_id).await?;
        let size = match usize::try_from(self.part_letters).map_err(Error::internal)? {
            0 => numbers.len().max(1),
            size => size,
        };
        let last =
            campaign_parts::of_campaign(&mut **tx, campaign_id).await?.last().map_or(0, |part| part.part);
        for (part, numbers) in (last + 1..).zip(numbers.chunks(size)) {
            let ends = (numbers[0], numbers[numbers.len() - 1]);
            let many = i64::try_from(numbers.len()).map_err(Error::internal)?;
            campaign_parts::add(tx, campaign_id, part, ends, many).await?;
        }
        Ok(numbers.len())
    }
}

/// Makes the letters of a released campaign, from where it stopped.
///
/// # Errors
/// When the database refuses.
pub async fn make(office: &Office, id: i64) -> Result<()> {
    loop {
        let desk = Desk::open(office).await?;
        let mut tx = office.store().write().await?;
        let campaign = load(&mut *tx, id).await?;
        if campaign.state != CampaignState::Released {
            return Ok(());
        }
        let people = campaign_targets::without_letter(&mut tx, id, CHUNK).await?;
        if people.is_empty() {
            finish(&desk, &mut tx, &campaign).await?;
            return tx.commit().await;
        }
        number(&desk, &mut tx, &campaign, &people).await?;
        tx.commit().await?;
        office.printing().add(id, people.len() as u64);
    }
}

async fn number(desk: &Desk<'_>, tx: &mut WriteTx, campaign: &Campaign, people: &[String]) -> Result<()> {
    let asked: Vec<&str> = people.iter().map(String::as_str).collect();
    let decisions = plan::of_people(tx, &campaign.terms(desk.office), &asked).await?;
    let mut decisions: HashMap<String, Result<Target, LeftOut>> =
        decisions.into_iter().map(|decision| (of(&decision).to_owned(), decision)).collect();
    for person in people {
        let code = match decisions.remove(person) {
            Some(Ok(target)) => {
                let replaces = replace(desk, tx, campaign, &target).await?;
                desk.write(tx, campaign, &target, &replaces, audit::SYSTEM).await?;
                continue;
            }
            Some(Err(left_out)) => left_out.why.code,
            None => plan::GONE.code(),
        };
        campaign_targets::exclude(tx, campaign.row.id, person, code, &desk.at).await?;
    }
    Ok(())
}

fn of(decision: &Result<Target, LeftOut>) -> &str {
    match decision {
        Ok(target) => &target.person.resident_number,
        Err(left_out) => &left_out.person.resident_number,
    }
}

/// Where those who have a notice get a new one, the old ones are void.
async fn replace(
    desk: &Desk<'_>,
    tx: &mut WriteTx,
    campaign: &Campaign,
    target: &Target,
) -> Result<Vec<i64>> {
    if !campaign.row.again {
        return Ok(Vec::new());
    }
    let (person, (first, last)) = (&target.person.resident_number, target.months());
    let old = letters::living_notices(tx, person, &first.to_string(), &last.to_string()).await?;
    for number in &old {
        let void = Void::because(*number, person, VoidReason::Remade, desk.today);
        write::void(tx, &void, audit::SYSTEM, &desk.at).await?;
    }
    Ok(old)
}

async fn finish(desk: &Desk<'_>, tx: &mut WriteTx, campaign: &Campaign) -> Result<()> {
    let many = desk.divide(tx, campaign.row.id).await?;
    let (event, remark) = match many {
        0 => (CampaignEvent::NobodyLeft, String::new()),
        many => (CampaignEvent::LettersMade, format!("({many}通)")),
    };
    let campaign = campaign.advance(tx, &desk.at, BY_ITSELF, event, Step::default(), &remark).await?;
    if many == 0 {
        let sentence = format!("{}は、送る人がいなくなったため終えました。", campaign.title());
        let people = [campaign.row.made_by, campaign.row.released_by];
        message::done(tx, &campaign, &people, &sentence, &desk.at).await?;
    }
    Ok(())
}
