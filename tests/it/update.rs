//! What of a translation holds when its source changes: a statute of which twenty articles are
//! changed, added, moved and taken out at random, and renumbered.

use std::collections::BTreeMap;
use std::fs;

use crate::cli::Desk;
use crate::dice::Dice;

const CORPORA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpora");

/// Texts of articles that the statute does not have.
const ADDED: [&str; 5] = [
    "管理人應於每日收攤後一小時內完成場地清掃，並將廚餘與資源回收物分開放置。",
    "攤商不得使用瓦數超過核定容量之電器；違反者，管理人得停止供電至改善為止。",
    "颱風警報發布時，夜間市集停止營業，攤棚應於四小時內拆卸固定。",
    "地方主管機關每年辦理一次顧客滿意度調查，其結果應公開於網站。",
    "街頭藝人於夜間市集表演，應先登記時段，音量不得超過六十五分貝。",
];

/// The lines of each article, without its number.
fn articles(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let (mut head, mut articles): (Vec<String>, Vec<Vec<String>>) =
        (Vec::new(), Vec::new());
    for line in text.lines().filter(|line| !line.starts_with("第") || line.contains("條"))
    {
        match (line.starts_with("第"), articles.last_mut()) {
            (true, _) => articles.push(Vec::new()),
            (false, None) => head.push(line.to_owned()),
            (false, Some(article)) => article.push(line.to_owned()),
        }
    }
    (head, articles)
}

/// A line with a number, a word or a clause of it changed.
fn changed(line: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = line.chars().collect();
    let end = letters.len().saturating_sub(1).max(1);
    let at = dice.roll(end);
    match dice.roll(3) {
        0 => drop(letters.splice(at..(at + 3).min(end), "新訂".chars())),
        1 => drop(letters.splice(end..end, "，並應於三日內報備".chars())),
        _ => drop(letters.splice(at..(at + end / 4).min(end), [])),
    }
    letters.into_iter().collect()
}

/// A new version, and what became of each line: of the new ones by their text, of those that
/// are gone by their old text.
fn amended(text: &str, dice: &mut Dice) -> (String, BTreeMap<String, &'static str>) {
    let (head, old) = articles(text);
    let mut fates = BTreeMap::new();
    let mut articles: Vec<(Vec<String>, &'static str)> =
        old.into_iter().map(|article| (article, "unchanged")).collect();
    let pick = |articles: &[(Vec<String>, &str)], dice: &mut Dice| loop {
        let at = dice.roll(articles.len());
        if articles[at].1 == "unchanged" {
            return at;
        }
    };
    for _ in 0..5 {
        let at = pick(&articles, dice);
        let line = dice.roll(articles[at].0.len());
        articles[at].0[line] = changed(&articles[at].0[line], dice);
        articles[at].1 = "changed";
        fates.insert(articles[at].0[line].clone(), "changed");
        let gone = pick(&articles, dice);
        for line in articles.remove(gone).0 {
            fates.insert(line, "gone");
        }
        let from = pick(&articles, dice);
        let (article, _) = articles.remove(from);
        let to = (from + 6 + dice.roll(articles.len() - 12)) % articles.len();
        fates.extend(article.iter().map(|line| (line.clone(), "moved")));
        articles.insert(to, (article, "moved"));
    }
    for text in ADDED {
        fates.insert(text.to_owned(), "new");
        articles.insert(dice.roll(articles.len()), (vec![text.to_owned()], "new"));
    }
    let mut version = head.join("\n") + "\n";
    for (n, (lines, fate)) in articles.into_iter().enumerate() {
        version += &format!("第 {} 條\n{}\n", n + 1, lines.join("\n"));
        for line in lines {
            let fate = if fate == "changed" { "unchanged" } else { fate };
            fates.entry(line).or_insert(fate);
        }
    }
    (version, fates)
}

#[test]
fn twenty_amendments_of_a_statute_are_told_apart() {
    let text = fs::read_to_string(format!("{CORPORA}/statute/zh.txt")).unwrap();
    let english = fs::read(format!("{CORPORA}/statute/en.txt")).unwrap();
    let (mut n_right, mut wrong) = (0, Vec::new());
    for seed in 1..=5 {
        let (version, fates) = amended(&text, &mut Dice(seed));
        let desk = Desk::new();
        desk.put("old.txt", &text);
        desk.put("en.txt", &english);
        desk.put("new.txt", version);
        desk.run(&["update", "old.txt", "en.txt", "new.txt", "--name", "law", "--quiet"])
            .done();
        for row in desk.get("aligned/law.update.tsv").lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            let text = if cells[0] == "gone" { cells[4] } else { cells[2] };
            let Some(&fate) = fates.get(text) else { continue };
            match fate == cells[0] {
                true => n_right += 1,
                false => wrong.push(format!("{seed}: {fate} is {row}")),
            }
        }
    }
    let n = n_right + wrong.len();
    assert!(n > 300, "only {n} lines were found again");
    assert!(wrong.len() * 20 <= n, "{} of {n} wrong:\n{}", wrong.len(), wrong.join("\n"));
    println!("{n_right} of {n} right; wrong:\n{}", wrong.join("\n"));
}

#[test]
fn translations_that_hold_stand_beside_the_new_source_and_the_rest_is_to_do() {
    let desk = Desk::new();
    desk.put("old.txt", "拖轮办法\n\n第一条 船长对拖带的安全负责。\n\n第二条 费用由受益人支付。\n\n第三条 本办法自六月一日起施行。\n");
    desk.put("en.txt", "Rules on Tugs\n\nArticle 1. The master is responsible for the safety of towage.\n\n\
        Article 2. The costs are borne by the beneficiary.\n\nArticle 3. These Rules enter into force on 1 June.\n");
    desk.put("new.txt", "拖轮办法\n\n第一条 船长对拖带的安全负责。\n\n第二条 夜间拖带应当开启探照灯。\n\n第三条 费用由受益人支付。\n\n第四条 本办法自九月一日起施行。\n");
    let run = desk.run(&["update", "old.txt", "en.txt", "new.txt"]).done();
    for part in
        ["Renumbered  1 passage", "New         1 passage", "Changed     1 passage"]
    {
        assert!(run.said().contains(part), "{}", run.said());
    }
    let table = desk.get("aligned/new.update.tsv");
    assert!(table.contains("The costs are borne by the beneficiary."), "{table}");
    let xliff = desk.get("aligned/new.update.xlf");
    assert!(xliff.contains("探照灯") && xliff.contains("九月一日"), "{xliff}");
    assert!(!xliff.contains("受益人"), "{xliff}");
    desk.run(&["update", "old.txt", "en.txt", "new.txt", "--name", "x", "--out", "."])
        .done();
    desk.run(&["update", "old.txt", "en.txt", "nothing.txt"]).refused(
        "error: nothing.txt: cannot be read: No such file or directory (os error 2)\n\
         hint: check the spelling of the path\n",
    );
}
