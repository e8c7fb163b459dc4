//! Names and addresses that can't be printed as registered, told before anything is printed.

use crate::error::{Error, Result};
use crate::notices::plan::Plan;
use crate::office::Office;
use app::components::{Notice, Tone};
use app::pages::notices_month::GlyphFallback;
use forms::{Fonts, FormError};
use std::collections::HashMap;

/// A person and what will stand on the sheet.
struct Sheet {
    number: String,
    name: String,
    texts: Vec<String>,
}

/// What can't be printed as registered of those who will get a letter. Where the typefaces are missing, a notice says
/// so instead.
pub(super) async fn fallbacks(office: &Office, plan: &Plan) -> Result<(Vec<GlyphFallback>, Option<Notice>)> {
    let sheets = of_plan(plan);
    let fonts = match office.fonts().await {
        Ok(fonts) => fonts,
        Err(Error::Refused(refusal)) => {
            let title = "印刷用の書体がありません".to_owned();
            return Ok((
                Vec::new(),
                Some(Notice { tone: Tone::Caution, title, sentence: refusal.to_string() }),
            ));
        }
        Err(error) => return Err(error),
    };
    let found =
        tokio::task::spawn_blocking(move || check(&fonts, &sheets)).await?.map_err(Error::internal)?;
    Ok((found, None))
}

fn of_plan(plan: &Plan) -> Vec<Sheet> {
    let people = plan.included.iter().map(|target| &target.person);
    people
        .map(|person| Sheet {
            number: person.resident_number.clone(),
            name: person.name.clone(),
            texts: texts(&person.name, &person.address, person.building.as_deref()),
        })
        .collect()
}

fn texts(name: &str, address: &str, building: Option<&str>) -> Vec<String> {
    [Some(name), Some(address), building].into_iter().flatten().map(str::to_owned).collect()
}

fn check(fonts: &Fonts, sheets: &[Sheet]) -> Result<Vec<GlyphFallback>, FormError> {
    let people = sheets.iter().map(|sheet| (sheet.number.as_str(), sheet.texts.iter().map(String::as_str)));
    let found = fonts.check(people)?;
    let names: HashMap<&str, &str> =
        sheets.iter().map(|sheet| (sheet.number.as_str(), sheet.name.as_str())).collect();
    let row = |fallback: forms::Fallback| GlyphFallback {
        name: names.get(fallback.who.as_str()).copied().unwrap_or_default().to_owned(),
        code_points: code_points(&fallback.character),
        number: fallback.who,
        character: fallback.character,
    };
    Ok(found.into_iter().map(row).collect())
}

fn code_points(text: &str) -> String {
    text.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect::<Vec<_>>().join(" ")
}
