//! The training office's staff. Their password is no secret: it stands on the training login page, and nowhere else is
//! an office where it works.

use app::pages::login::TrainingAccount;
use rules::kinds::Role;

/// The password of every training account.
pub(super) const PASSWORD: &str = "kunren-madoguchi";

/// Login, name, role.
pub(super) const STAFF: &[(&str, &str, Role)] = &[
    ("sato", "佐藤", Role::Clerk),
    ("suzuki", "鈴木", Role::Clerk),
    ("takahashi", "高橋", Role::Supervisor),
    ("tanaka", "田中", Role::BackOffice),
    ("ito", "伊藤", Role::Auditor),
    ("yamamoto", "山本", Role::Administrator),
];

/// The accounts as the training login page lists them.
pub fn accounts() -> Vec<TrainingAccount> {
    let account = |&(login, name, role): &(&str, &str, Role)| TrainingAccount {
        login: login.to_owned(),
        password: PASSWORD.to_owned(),
        name: name.to_owned(),
        role: role.label().to_owned(),
    };
    STAFF.iter().map(account).collect()
}
