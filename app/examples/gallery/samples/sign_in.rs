//! The second factor, proofs, the hidden screen, and what the office decides about them.

use super::{Text, frame, outside};
use app::components::{Choice, FieldError, FormErrors};
use app::frame::MenuItem;
use app::pages::hidden_screen::{self, HiddenScreenPage};
use app::pages::kept::{self, KeptPage};
use app::pages::second_factor::{CodesPage, SetUpPage, StatePage, render_codes, render_set_up, render_state};
use app::pages::second_person::{self, SecondPersonPage};
use app::pages::session::{self, SessionPage};
use app::pages::sign_in_settings::{self, SignInSettingsPage};
use app::pages::step_up::{self, StepUpPage};

pub fn pages(text: &Text) -> Vec<(&'static str, String)> {
    let inside = frame(text, Some(MenuItem::Today));
    let settings = frame(text, Some(MenuItem::Settings));
    let used = CodesPage::default();
    vec![
        ("step-up", step_up::render(&inside, &proof(text))),
        ("second-person", second_person::render(&inside, &second(text))),
        ("hidden-screen", hidden_screen::render(&outside(text), &hidden(text))),
        ("session", session::render(&inside, &lasting(text))),
        ("kept", kept::render(&inside, &waiting(text))),
        ("second-factor-set-up", render_set_up(&outside(text), &set_up(text))),
        ("second-factor", render_state(&inside, &StatePage { set_up: true, codes_left: 9 })),
        ("second-factor-none", render_state(&inside, &StatePage::default())),
        ("recovery-codes", render_codes(&inside, &codes(text))),
        ("recovery-codes-shown", render_codes(&inside, &used)),
        ("sign-in-settings", sign_in_settings::render(&settings, &decisions(text))),
    ]
}

fn wrong(text: &Text, field: &str, sentence: &str) -> FormErrors {
    FormErrors(vec![FieldError {
        field: field.to_owned(),
        code: text.say("M-1001"),
        sentence: text.say(sentence),
    }])
}

fn proof(text: &Text) -> StepUpPage {
    StepUpPage {
        action: "/settings?kept=b5".to_owned(),
        next: text.say("/settings"),
        form_waits: true,
        back: "/settings".to_owned(),
        minutes: 10,
        with_code: true,
        errors: wrong(text, "password", "パスワードか確認コードが違います。確かめて入れ直してください。"),
    }
}

fn second(text: &Text) -> SecondPersonPage {
    SecondPersonPage {
        action: "/cases/R8-000121/update?kept=b5".to_owned(),
        kind: text.say("proxy_pin_reset"),
        what: text.say("代理人が来たときの暗証番号の再設定"),
        first: text.say("佐藤"),
        login: text.say("sato"),
        back: "/cases/R8-000121".to_owned(),
        errors: wrong(text, "second_login", "操作をしている本人は、二人目になれません。"),
    }
}

fn hidden(text: &Text) -> HiddenScreenPage {
    HiddenScreenPage {
        name: text.say("佐藤"),
        next: text.say("/cases/R8-000121"),
        kept: text.say("b5"),
        errors: wrong(text, "unlock", "パスワードが違います。確かめて入れ直してください。"),
    }
}

fn lasting(text: &Text) -> SessionPage {
    SessionPage { until: text.say("15:42"), can_be_put_off: true, fresh_until: text.say("15:37") }
}

fn waiting(text: &Text) -> KeptPage {
    KeptPage { action: "/settings?kept=b5".to_owned(), at: text.say("15:40"), before: "/settings".to_owned() }
}

fn set_up(text: &Text) -> SetUpPage {
    // No code at all, but as dark and as light as one.
    let row = |y: usize| (0..33).map(|x| (x * y + x + y).is_multiple_of(3)).collect();
    SetUpPage {
        code: (0..33).map(row).collect(),
        letters: text.say("2345 6723 4567 2345"),
        required: true,
        replaces: false,
        errors: wrong(text, "code", "確認コードが、この画面の鍵のものと違います。"),
    }
}

fn codes(text: &Text) -> CodesPage {
    CodesPage { codes: (1..=10).map(|number| text.say(&format!("{number}-23-45-67"))).collect() }
}

fn decisions(text: &Text) -> SignInSettingsPage {
    SignInSettingsPage {
        second_factor: "yes".to_owned(),
        fresh_minutes: text.say("10"),
        four_eyes: vec![
            Choice::new("override", text.say("責任者の判断")),
            Choice::new("notices", text.say("通知書を作る")),
        ],
        chosen: vec!["override".to_owned()],
        version: text.say("7"),
        errors: wrong(text, "fresh_minutes", "1から30までの半角の数字で入れてください。"),
    }
}
