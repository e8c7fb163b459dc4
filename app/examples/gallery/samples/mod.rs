//! Every page with made-up people. All text goes through [`Text`], so that tests can poison each piece of it.

mod campaigns;
mod cases;
mod days;
mod office;
mod paper;
mod people;
mod proxies;
mod sign_in;
mod work;

use app::frame::{Flash, Frame, MenuCounts, MenuItem, ReaderChip, SessionNote, StaffBadge, StationBadge};
use rules::NaiveDate;
use std::cell::RefCell;

/// Where all text of the samples comes from.
pub struct Text {
    poison: Option<&'static str>,
    made: RefCell<Vec<String>>,
}

impl Text {
    /// Text as it is.
    pub fn plain() -> Self {
        Self { poison: None, made: RefCell::default() }
    }

    /// Every piece ends in `poison`, in which `#` becomes the piece's number.
    #[allow(dead_code, reason = "the gallery wants no poison")]
    pub fn poisoned(poison: &'static str) -> Self {
        Self { poison: Some(poison), made: RefCell::default() }
    }

    /// A piece of text.
    pub fn say(&self, text: &str) -> String {
        let number = self.made.borrow().len();
        self.made.borrow_mut().push(text.to_owned());
        match self.poison {
            Some(poison) => format!("{text}{}", poison.replace('#', &number.to_string())),
            None => text.to_owned(),
        }
    }

    /// The pieces so far, without poison.
    #[allow(dead_code, reason = "the gallery doesn't count")]
    pub fn made(&self) -> Vec<String> {
        self.made.borrow().clone()
    }
}

/// A date of the samples.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

/// The samples' today.
pub fn today() -> NaiveDate {
    day(2026, 11, 20)
}

/// The frame of a clerk of the training office.
pub fn frame(text: &Text, current: Option<MenuItem>) -> Frame {
    Frame {
        office: text.say("見本区役所 戸籍住民課"),
        training: true,
        staff: Some(StaffBadge { name: text.say("佐藤"), role: text.say("窓口") }),
        session: Some(SessionNote { until: text.say("15:42"), seconds: 830, can_be_put_off: true }),
        station: Some(StationBadge {
            name: text.say("3番窓口"),
            reader: ReaderChip::Person { name: text.say("渡󠄁邉 花子"), number: "1000234".to_owned() },
        }),
        menu: vec![
            MenuItem::Today,
            MenuItem::Work,
            MenuItem::Proxies,
            MenuItem::Notices,
            MenuItem::Returns,
            MenuItem::Closing,
            MenuItem::Statistics,
            MenuItem::Calc,
            MenuItem::Imports,
            MenuItem::Audit,
            MenuItem::Settings,
            MenuItem::Reader,
        ],
        counts: MenuCounts { open_cases: 3, proxies: 12, notices: 128, work: 9, unclosed: 1 },
        current,
        flash: None,
        messages: Vec::new(),
        csrf: "token-of-the-session".to_owned(),
        query: String::new(),
        telephone: false,
        version: "0.1.0".to_owned(),
    }
}

/// The frame before anyone logged in.
pub fn outside(text: &Text) -> Frame {
    Frame {
        office: text.say("見本区役所 戸籍住民課"),
        training: true,
        csrf: "token-of-the-session".to_owned(),
        version: "0.1.0".to_owned(),
        ..Frame::default()
    }
}

/// A frame that says what was just done.
pub fn after(text: &Text, current: Option<MenuItem>, sentence: &str) -> Frame {
    let flash = Flash { tone: app::components::Tone::Success, sentence: text.say(sentence) };
    Frame { flash: Some(flash), ..frame(text, current) }
}

/// All pages: a name for the file, and the document.
pub fn pages(text: &Text) -> Vec<(&'static str, String)> {
    let mut all = office::pages(text);
    all.extend(people::pages(text));
    all.extend(proxies::pages(text));
    all.extend(cases::pages(text));
    all.extend(work::pages(text));
    all.extend(campaigns::pages(text));
    all.extend(paper::pages(text));
    all.extend(sign_in::pages(text));
    all.extend(days::pages(text));
    all
}
