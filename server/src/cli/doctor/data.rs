//! What the office's own data say about its safety.

use super::{Finding, certificate, rights};
use crate::audit::Kind;
use crate::data_dir::{self, DataDir};
use crate::error::{Error, Result};
use crate::notices::office_text;
use crate::office::{self, Mode};
use crate::store::inspection::{self, Inspection};
use chrono::{DateTime, FixedOffset, TimeDelta};
use std::path::Path;

/// Days without a copy after which it is time for one.
const OLDEST_BACKUP: i64 = 7;

/// An office that is there.
#[derive(Debug)]
pub(super) struct Seen {
    /// The directory, and whether others may look into it.
    dir: std::result::Result<(DataDir, bool), Error>,
    /// True when others may read the key of the trail's checkpoints; none when there is no key.
    key: Option<bool>,
    pub(super) inspection: std::result::Result<Inspection, Error>,
}

/// Looks at the office in `data`, if there is one.
pub(super) async fn look(data: &Path) -> Result<Option<Seen>> {
    let file = data.join("office.db");
    if !file.exists() {
        return Ok(None);
    }
    let dir = DataDir::open(data).and_then(|dir| {
        let open = dir.open_to_others()?;
        Ok((dir, open))
    });
    let key = data_dir::is_open_to_others(&data_dir::audit_key(data)).ok();
    Ok(Some(Seen { dir, key, inspection: inspection::inspect(&file, Kind::BackedUp as i64).await }))
}

pub(super) fn findings(data: &Path, office: Option<&Seen>, now: DateTime<FixedOffset>) -> Vec<Finding> {
    let Some(seen) = office else {
        let sentence = format!("{} にはまだ窓口のデータがありません。", data.display());
        return vec![Finding::fine("データ", sentence)];
    };
    let mut findings = vec![directory(data, &seen.dir), key(data, seen.key)];
    if let Ok((dir, _)) = &seen.dir {
        findings.push(rights::of_data(dir.path()));
        findings.extend(certificate::finding(dir, now));
    }
    match &seen.inspection {
        Ok(inspection) => findings.extend(inside(inspection, now)),
        Err(_) => findings.push(Finding::care(
            "データベース",
            "データベースを開けません。",
            "権限を確かめてください。壊れているときは madoguchi restore でバックアップから戻してください。",
        )),
    }
    findings
}

fn directory(data: &Path, dir: &std::result::Result<(DataDir, bool), Error>) -> Finding {
    const ABOUT: &str = "データの置き場所";
    let path = data.display();
    match dir {
        Ok((_, false)) => Finding::fine(ABOUT, format!("{path} は、動かしている人だけが見られます。")),
        Ok((_, true)) => Finding::care(
            ABOUT,
            format!("{path} を、この端末のほかの利用者も見られます。"),
            format!("chmod 700 {path} で閉じてください。"),
        ),
        Err(_) => Finding::care(
            ABOUT,
            format!("{path} に書き込めません。"),
            "窓口を動かす利用者に、読み書きの権限を与えてください。",
        ),
    }
}

/// Whoever reads the key can sign checkpoints in the office's name.
fn key(data: &Path, open: Option<bool>) -> Finding {
    const ABOUT: &str = "控えの署名鍵";
    let file = data_dir::audit_key(data);
    let file = file.display();
    match open {
        Some(false) => Finding::fine(ABOUT, "操作記録の控えに署名する鍵は、動かしている人だけが読めます。"),
        Some(true) => Finding::care(
            ABOUT,
            format!("操作記録の控えに署名する鍵 {file} を、この端末のほかの利用者も読めます。"),
            format!(
                "chmod 600 {file} で閉じてください。読まれたおそれがあるときは、鍵を別の場所に移して窓口を開き直すと、新しい鍵が作られます。"
            ),
        ),
        None => Finding::care(
            ABOUT,
            format!("操作記録の控えに署名する鍵 {file} がありません。"),
            "窓口を開くと新しい鍵が作られ、そのことが操作記録に残ります。新しい公開鍵を保管し直してください。",
        ),
    }
}

fn inside(seen: &Inspection, now: DateTime<FixedOffset>) -> Vec<Finding> {
    let mut findings = vec![database(seen)];
    if seen.training {
        findings.push(Finding::fine("訓練", "訓練用の窓口です。住民とカードは架空です。"));
        return findings;
    }
    findings.extend([staff(seen), paper(seen), backup(seen, now)]);
    findings
}

fn database(seen: &Inspection) -> Finding {
    const ABOUT: &str = "データベース";
    if seen.newer {
        return Finding::care(
            ABOUT,
            "データベースは、新しい版の窓口で作られています。",
            "その版以上の窓口で開いてください。",
        );
    }
    if seen.check != "ok" {
        return Finding::care(
            ABOUT,
            format!("データベースに壊れたところがあります({})。", seen.check),
            "窓口を止め、madoguchi restore でバックアップから別の場所に戻してください。",
        );
    }
    Finding::fine(ABOUT, "データベースに壊れたところはありません。")
}

fn staff(seen: &Inspection) -> Finding {
    if seen.staff == 0 {
        return Finding::care(
            "職員",
            "ログインできる職員がいません。",
            "madoguchi serve で開くと、最初の管理者を登録できます。",
        );
    }
    if seen.administrators < 2 {
        return Finding::care(
            "職員",
            format!("ログインできる職員は{}人、そのうち管理者は{}人です。", seen.staff, seen.administrators),
            "管理者を2人以上にしてください。ただ一人の管理者がパスワードか確認コードの端末をなくすと、直せる人がいません。",
        );
    }
    Finding::fine(
        "職員",
        format!("ログインできる職員は{}人、そのうち管理者は{}人です。", seen.staff, seen.administrators),
    )
}

fn paper(seen: &Inspection) -> Finding {
    const ABOUT: &str = "役所の表示";
    const CURE: &str = "設定の画面で入れてください。";
    let text = match &seen.office_text {
        None => Ok(office::default_text(Mode::Live)),
        Some(json) => serde_json::from_str(json),
    };
    match text.map(|text| office_text::gaps(&text)) {
        Err(_) => Finding::care(ABOUT, "保存されている役所の表示を読めません。", CURE),
        Ok(gaps) if gaps.is_empty() => Finding::fine(ABOUT, "文書に載せる役所の情報がそろっています。"),
        Ok(gaps) => Finding::care(
            ABOUT,
            format!("文書に載せる役所の情報がまだ入っていません({})。", gaps.join("、")),
            CURE,
        ),
    }
}

fn backup(seen: &Inspection, now: DateTime<FixedOffset>) -> Finding {
    const ABOUT: &str = "バックアップ";
    const CURE: &str = "madoguchi backup DIR で、別の媒体に写しを作ってください。";
    let last = seen.last_backup.as_deref().and_then(|at| DateTime::parse_from_rfc3339(at).ok());
    match last {
        None => Finding::care(ABOUT, "バックアップがまだありません。", CURE),
        Some(last) if now - last > TimeDelta::days(OLDEST_BACKUP) => {
            Finding::care(ABOUT, format!("最後のバックアップは{}です。", last.format("%Y年%m月%d日")), CURE)
        }
        Some(last) => {
            Finding::fine(ABOUT, format!("最後のバックアップは{}です。", last.format("%Y年%m月%d日 %H:%M")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nobody can log in; one administrator has nobody to help; two help each other.
    #[test]
    fn an_only_administrator_is_told() {
        let said = |staff, administrators| {
            let finding = super::staff(&Inspection { staff, administrators, ..Inspection::default() });
            format!("{finding:?}")
        };
        assert!(said(0, 0).contains("ログインできる職員がいません。"));
        let one = said(3, 1);
        assert!(
            one.contains("管理者は1人です。") && one.contains("管理者を2人以上にしてください。"),
            "{one}"
        );
        let two = said(3, 2);
        assert!(two.contains("管理者は2人です。") && !two.contains("2人以上"), "{two}");
    }
}
