//! Money and hours: claimed, agreed, refused, settled, paid.

use std::path::Path;

use serde_json::{Value, json};

use crate::home::{Home, finish, text, until, until_level};
use crate::lending::photo;

const IBAN: &str = "NL91ABNA0417164300";

/// Anna, the steward, with Ben and Cem; all nodes run.
fn street() -> [Home; 3] {
    let anna = Home::founder("Anna", "Lindenstraat");
    let mut ben = Home::guest("Ben", &anna);
    let mut cem = Home::guest("Cem", &anna);
    ben.start();
    cem.start();
    [anna, ben, cem]
}

/// A decimal text in hundredths.
fn hundredths(value: &Value) -> i64 {
    let amount = text(value);
    let (sign, amount) = amount.strip_prefix('-').map_or((1, amount.as_str()), |rest| (-1, rest));
    let (whole, decimals) = amount.split_once('.').unwrap_or((amount, ""));
    sign * format!("{whole}{decimals:0<2}").parse::<i64>().unwrap()
}

fn rows(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

/// Writes or answers a line that has one debtor.
fn one(home: &Home, args: &[&str]) -> Value {
    let answer = home.ok(args);
    assert_eq!(rows(&answer).len(), 1, "{answer}");
    answer[0].clone()
}

fn until_state(home: &Home, line: &str, state: &str) -> Value {
    until(&format!("the debt is {state}"), || {
        let ledger = home.ok(&["ledger"]);
        let row = rows(&ledger).iter().find(|row| row["line"] == line);
        row.filter(|row| row["state"] == state).cloned().ok_or(ledger.clone())
    })
}

/// Names and amounts, who gets most first.
fn balances(home: &Home, args: &[&str]) -> Vec<(String, String)> {
    let settled = home.ok(&[&["settle"], args].concat());
    let balances = rows(&settled["balances"]);
    assert_eq!(balances.iter().map(|row| hundredths(&row["amount"])).sum::<i64>(), 0, "{settled}");
    balances.iter().map(|row| (text(&row["name"]), text(&row["amount"]))).collect()
}

fn named(balances: &[(&str, &str)]) -> Vec<(String, String)> {
    balances.iter().map(|(name, amount)| ((*name).to_owned(), (*amount).to_owned())).collect()
}

/// From whom to whom how much.
fn payments(settled: &Value) -> Vec<[&str; 3]> {
    let payment = |row| ["from_name", "to_name", "amount"].map(|name| part(row, name));
    rows(&settled["payments"]).iter().map(payment).collect()
}

fn part<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap()
}

#[test]
fn what_somebody_claims_counts_when_its_debtor_agrees_and_not_before() {
    let [anna, ben, cem] = street();
    let claim = |title: &str| {
        let args = ["expense", title, "--amount", "12.50", "--with", "Ben", "--not-me"];
        let row = one(&anna, &args);
        assert_eq!((&row["from_name"], &row["to_name"]), (&"Ben".into(), &"Anna".into()));
        assert_eq!((&row["amount"], &row["currency"]), (&"12.50".into(), &"EUR".into()));
        assert_eq!((&row["about"], &row["cause"]), (&title.into(), &"shared".into()));
        assert_eq!(
            (&row["state"], &row["waits_for_me"]),
            (&"waiting_debtor".into(), &false.into())
        );
        text(&row["line"])
    };

    let paint = claim("Paint");
    assert_eq!(balances(&anna, &[]), []);
    let waiting = until_state(&ben, &paint, "waiting_debtor");
    assert_eq!(waiting["waits_for_me"], true);
    assert_eq!(ben.ok(&["ledger", "--waiting"]), json!([waiting]));
    assert_eq!(balances(&ben, &[]), []);
    until_state(&cem, &paint, "waiting_debtor");
    assert_eq!(cem.ok(&["ledger", "--waiting"]), json!([]));
    assert_eq!(cem.refused(&["agree", &paint]), "not_allowed");
    assert_eq!(anna.refused(&["agree", &paint]), "bad_value");

    assert_eq!(one(&ben, &["agree", &paint[..8]])["state"], "counts");
    assert_eq!(ben.refused(&["agree", &paint]), "bad_value");
    for home in [&anna, &cem] {
        until_state(home, &paint, "counts");
        assert_eq!(balances(home, &[]), named(&[("Anna", "12.50"), ("Ben", "-12.50")]));
        assert_eq!(payments(&home.ok(&["settle"])), [["Ben", "Anna", "12.50"]]);
    }
    assert_eq!(cem.ok(&["ledger", "--member", "Cem"]), json!([]));
    assert_eq!(rows(&cem.ok(&["ledger", "--member", "ben"])).len(), 1);

    // What both signed cannot be refused any more; a new claim can, and changes nothing.
    assert_eq!(ben.refused(&["waive", "Paint"]), "bad_value");
    let ice = claim("Ice cream");
    until_state(&ben, &ice, "waiting_debtor");
    let refused = one(&ben, &["waive", "ice cream", "--reason", "I was not there"]);
    assert_eq!(
        (&refused["state"], &refused["why"]),
        (&"refused".into(), &"I was not there".into())
    );
    assert_eq!(until_state(&anna, &ice, "refused")["why"], "I was not there");
    assert_eq!(balances(&anna, &[]), named(&[("Anna", "12.50"), ("Ben", "-12.50")]));

    // Who is to get it can let it go.
    assert_eq!(one(&anna, &["waive", &paint])["state"], "waived");
    assert_eq!(until_state(&ben, &paint, "waived").get("why"), None);
    until_state(&cem, &paint, "waived");
    until_level(&[&anna, &ben, &cem]);
    for home in [&anna, &ben, &cem] {
        assert_eq!(balances(home, &[]), []);
    }
    assert_eq!(anna.refused(&["agree", "ffff"]), "not_found");
}

#[test]
fn ten_over_three_is_shared_to_the_cent_and_paid_back() {
    let [anna, ben, cem] = street();
    let shares = anna.ok(&["expense", "Pizza", "--amount", "10.00", "--everybody"]);
    let owed: Vec<i64> = rows(&shares).iter().map(|row| hundredths(&row["amount"])).collect();
    assert_eq!(owed.len(), 2, "nobody owes their own share: {shares}");
    assert!(owed.iter().all(|share| [333, 334].contains(share)), "{shares}");
    // Of three shares that make the whole, one has the odd cent: Anna's, or one of these.
    let own = 1_000 - owed.iter().sum::<i64>();
    let mut all = [owed.clone(), vec![own]].concat();
    all.sort_unstable();
    assert_eq!(all, [333, 333, 334]);
    let line = text(&shares[0]["line"]);
    assert_eq!(shares[1]["line"], *line);

    let of = |name: &str| rows(&shares).iter().find(|row| row["from_name"] == name).unwrap();
    until("Ben has it", || rows(&ben.ok(&["ledger"])).get(1).cloned().ok_or("nothing"));
    ben.ok(&["agree", "Pizza"]);
    // The others' shares do not wait for each other.
    until("Ben's share counts", || {
        let seen = balances(&anna, &[]);
        if seen.len() == 2 { Ok(()) } else { Err(seen) }
    });
    until("Cem has it", || rows(&cem.ok(&["ledger"])).get(1).cloned().ok_or("nothing"));
    cem.ok(&["agree", &line]);
    until_level(&[&anna, &ben, &cem]);
    assert_eq!(payments(&anna.ok(&["settle"])).len(), 2);

    // Ben pays all that he owes; it counts when Anna has seen it on her account.
    let paid = one(&ben, &["pay", "Anna", "--all", "--about", "by bank"]);
    assert_eq!((&paid["from_name"], &paid["to_name"]), (&"Anna".into(), &"Ben".into()));
    assert_eq!((&paid["cause"], &paid["amount"]), (&"payment".into(), &of("Ben")["amount"]));
    let payment = text(&paid["line"]);
    assert_eq!(ben.refused(&["pay", "Anna", "--all"]), "unconfirmed");
    until_state(&anna, &payment, "waiting_debtor");
    let settled = anna.ok(&["settle"]);
    let bens = rows(&settled["payments"]).iter().find(|row| row["from_name"] == "Ben").unwrap();
    assert_eq!(bens["unconfirmed"], of("Ben")["amount"]);
    assert_eq!(one(&anna, &["agree", "by bank"])["state"], "counts");
    until_state(&ben, &payment, "counts");
    let cems = text(&of("Cem")["amount"]);
    assert_eq!(payments(&ben.ok(&["settle"])), [["Cem", "Anna", cems.as_str()]]);
    assert_eq!(ben.refused(&["pay", "Anna", "--all"]), "nothing_owed");

    // Weights: two shares for Ben, one each for Anna and Cem.
    let args = ["expense", "Firewood", "--amount", "10", "--with", "Ben:2", "--with", "Cem"];
    let shares = anna.ok(&args);
    let mut owed: Vec<(&str, &str)> =
        rows(&shares).iter().map(|row| (part(row, "from_name"), part(row, "amount"))).collect();
    owed.sort_unstable();
    assert_eq!(owed, [("Ben", "5.00"), ("Cem", "2.50")]);
    for bad in [
        &["expense", "Nothing", "--amount", "0", "--everybody"][..],
        &["expense", "Alone", "--amount", "5", "--with", "Anna"],
        &["expense", "A cent and a half", "--amount", "1.505", "--everybody"],
        &["owe", "Anna", "5"],
        &["owe", "Ben", "twelve"],
    ] {
        assert_eq!(anna.refused(bad), "bad_value", "{bad:?}");
    }
    assert_eq!(anna.refused(&["owe", "Dora", "5"]), "not_found");
    assert_eq!(anna.run(&["expense", "With whom", "--amount", "5"]).status.code(), Some(2));
}

#[test]
fn settling_up_takes_few_payments_and_a_banking_app_can_scan_them() {
    let [anna, ben, cem] = street();
    assert_eq!(one(&ben, &["owe", "Anna", "5", "--about", "eggs"])["state"], "counts");
    one(&cem, &["owe", "Ben", "5.00"]);
    until_level(&[&anna, &ben, &cem]);
    let settled = cem.ok(&["settle"]);
    assert_eq!(payments(&settled), [["Cem", "Anna", "5.00"]], "Ben is even");
    assert_eq!(balances(&cem, &[]), named(&[("Anna", "5.00"), ("Cem", "-5.00")]));
    assert_eq!(
        (&settled["payments"][0]["qr"], &settled["currency"]),
        (&Value::Null, &"EUR".into())
    );
    assert!(part(&settled["payments"][0], "why_no_qr").contains("Anna"));

    // One letter wrong, then right.
    assert_eq!(anna.refused(&["account", "set", "NL91 ABNA 0417 1643 01"]), "bad_iban");
    assert_eq!(anna.ok(&["account", "show"])["iban"], Value::Null);
    let set = anna.ok(&["account", "set", "nl91 abna 0417 1643 00", "--name", "A. de Vries"]);
    assert_eq!((&set["iban"], &set["payee"]), (&IBAN.into(), &"A. de Vries".into()));
    until_level(&[&anna, &ben, &cem]);
    assert_eq!(cem.ok(&["account", "show", "Anna"])["iban"], IBAN);

    let expected =
        format!("BCD\n002\n1\nSCT\n\nA. de Vries\n{IBAN}\nEUR5.00\n\n\nNoaber Lindenstraat");
    for (home, mine, name) in [(&cem, true, "pay-Anna.png"), (&ben, false, "pay-Anna-from-Cem.png")]
    {
        let folder = home.file("qr");
        let settled = home.ok(&["settle", "--qr", folder.to_str().unwrap()]);
        let payment = &settled["payments"][0];
        assert_eq!((&payment["qr"], &payment["mine"]), (&expected.as_str().into(), &mine.into()));
        let file = folder.join(name);
        assert_eq!(payment["file"], file.to_str().unwrap());
        assert_eq!(scan(&file), expected);
        // On the screen is only what is one's own to pay.
        let shown = finish(home.command(&["settle"])).out;
        assert_eq!(shown.contains('█'), mine, "{shown}");
        assert!(shown.contains("EUR 5.00"), "{shown}");
    }

    assert_eq!(anna.ok(&["account", "clear"])["iban"], Value::Null);
    until_level(&[&anna, &cem]);
    assert_eq!(cem.ok(&["settle"])["payments"][0]["qr"], Value::Null);
}

/// What a banking app reads.
fn scan(file: &Path) -> String {
    let picture = image::open(file).unwrap().into_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        picture.get_pixel(x as u32, y as u32).0[0]
    });
    let grids = prepared.detect_grids();
    assert_eq!(grids.len(), 1, "one code in the picture");
    grids[0].decode().unwrap().1
}

#[test]
fn only_euros_become_bank_transfers() {
    let anna = Home::of("Anna");
    anna.ok(&["circle", "create", "Bergweg", "--currency", "CHF"]);
    anna.ok(&["account", "set", IBAN]);
    anna.ok(&["pot", "give", "5", "--about", "tools"]);
    let settled = anna.ok(&["settle"]);
    assert_eq!(
        (&settled["currency"], &settled["payments"][0]["to"]),
        (&"CHF".into(), &"pot".into())
    );
    assert_eq!(settled["payments"][0]["qr"], Value::Null);
    assert!(part(&settled["payments"][0], "why_no_qr").contains("euros"));
    assert_eq!(anna.ok(&["ledger", "--member", "pot"])[0]["from_name"], "Anna");
}

#[test]
fn hours_count_where_the_circle_wants_it_and_add_up_to_zero() {
    let [anna, ben, cem] = street();
    assert_eq!(ben.refused(&["owe", "Anna", "1.5", "--hours"]), "no_timebank");
    assert_eq!(ben.refused(&["circle", "rules", "--timebank", "true"]), "not_allowed");
    assert_eq!(anna.ok(&["circle", "show"])["timebank"], false);
    assert_eq!(anna.refused(&["circle", "rules", "--floor", "2"]), "bad_value");
    let rules = anna.ok(&["circle", "rules", "--timebank", "true", "--floor", "-2"]);
    assert_eq!((&rules["timebank"], &rules["floor"]), (&true.into(), &"-2".into()));
    until_level(&[&anna, &ben, &cem]);
    let rules = ben.ok(&["circle", "rules"]);
    assert_eq!((&rules["timebank"], &rules["floor"]), (&true.into(), &"-2".into()));

    let row = one(&ben, &["owe", "Anna", "1.5", "--hours", "--about", "gutter"]);
    assert_eq!((&row["amount"], &row["currency"]), (&"1.5".into(), &"hours".into()));
    assert_eq!(ben.refused(&["owe", "Anna", "1.3", "--hours"]), "bad_value");
    one(&cem, &["owe", "Anna", "--hours", "2,25"]);
    one(&anna, &["owe", "Ben", "20"]);
    let shared = anna.ok(&["expense", "Hedge", "--hours", "3", "--everybody"]);
    assert!(rows(&shared).iter().all(|row| row["amount"] == "1"), "{shared}");

    // The pot: giving is one's own, taking is for a steward to allow.
    assert_eq!(one(&anna, &["pot", "give", "--hours", "1"])["state"], "counts");
    let taken = one(&ben, &["pot", "take", "0.5", "--hours", "--about", "lessons"]);
    assert_eq!((&taken["from"], &taken["state"]), (&"pot".into(), &"waiting_debtor".into()));
    until_level(&[&anna, &ben, &cem]);
    assert_eq!(cem.ok(&["ledger", "--waiting", "--member", "pot"]), json!([]));
    assert_eq!(anna.ok(&["ledger", "--waiting"])[0]["about"], "lessons");
    anna.ok(&["agree", "lessons"]);
    until_level(&[&anna, &ben, &cem]);

    let expected = named(&[("Anna", "2.75"), ("the pot", "0.5"), ("Ben", "-1"), ("Cem", "-2.25")]);
    for home in [&anna, &ben, &cem] {
        assert_eq!(balances(home, &["--hours"]), expected);
        assert_eq!(balances(home, &[]), named(&[("Ben", "20.00"), ("Anna", "-20.00")]));
    }
    let settled = cem.ok(&["settle", "--hours"]);
    assert_eq!(settled["currency"], "hours");
    for payment in rows(&settled["payments"]) {
        assert_eq!((&payment["qr"], payment.get("why_no_qr")), (&Value::Null, None));
    }
    let warned: Vec<&str> = rows(&settled["balances"])
        .iter()
        .filter(|row| row.get("warning").is_some())
        .map(|row| part(row, "name"))
        .collect();
    assert_eq!(warned, ["Cem"]);
    let units = |unit| rows(&cem.ok(&["ledger", "--unit", unit])).len();
    assert_eq!((units("money"), units("hours")), (1, 6));

    // Switched off, nothing is added; what was agreed stays.
    anna.ok(&["circle", "rules", "--timebank", "false"]);
    until_level(&[&anna, &ben]);
    assert_eq!(ben.refused(&["pot", "give", "1", "--hours"]), "no_timebank");
    assert_eq!(ben.ok(&["circle", "show"])["floor"], "-2");
    assert_eq!(balances(&ben, &["--hours"]), expected);
}

#[test]
fn receipts_and_damage_belong_to_their_booking() {
    let anna = Home::founder("Anna", "Lindenstraat");
    anna.ok(&["car", "add", "Twingo", "--own-risk", "150", "--instant"]);
    let mut ben = Home::guest("Ben", &anna);
    ben.start();
    let booking = ben.ask("Twingo", "2040-06-04T10:00", "2040-06-05T10:00");
    ben.until_booking(&booking, "confirmed");

    let receipt = ben.file("receipt.png");
    photo(320, 200).save(&receipt).unwrap();
    let args = ["expense", "Fuel", "--amount", "40", "--booking", "Twingo", "--photo"];
    let fuel = one(&ben, &[&args[..], &[receipt.to_str().unwrap()]].concat());
    assert_eq!((&fuel["from_name"], &fuel["to_name"]), (&"Anna".into(), &"Ben".into()));
    assert_eq!((&fuel["cause"], &fuel["booking"]), (&"receipt".into(), &booking.as_str().into()));
    let seen = until_state(&anna, &text(&fuel["line"]), "waiting_debtor");
    assert_eq!((&seen["photo"], seen["photo"].is_string()), (&fuel["photo"], true));
    assert_eq!(
        anna.refused(&["expense", "Fuel", "--amount", "9", "--booking", &booking]),
        "bad_value"
    );

    let bumper = ["expense", "Bumper", "--amount", "400", "--damage", &booking];
    let damage = one(&anna, &bumper);
    assert_eq!((&damage["from_name"], &damage["amount"]), (&"Ben".into(), &"150.00".into()));
    assert_eq!(
        (&damage["cause"], &damage["about"]),
        (&"damage".into(), &"Bumper (400.00, own risk 150.00)".into(),)
    );
    let whole = one(&anna, &[&bumper[..], &["--beyond-own-risk"]].concat());
    assert_eq!((&whole["amount"], &whole["about"]), (&"400.00".into(), &"Bumper".into()));
    assert_eq!(ben.refused(&bumper), "not_allowed");
}
