//! Coming in, and staying out.

use std::time::Duration;

use ed25519_dalek::SigningKey;
use iroh::endpoint::{Connection, presets};
use iroh::{Endpoint, EndpointAddr, EndpointId, RelayMode, SecretKey};
use noaber_core::id::{CircleId, DeviceId, InviteId, MemberId};
use noaber_core::wire::{Admit, Bond, Introduction, JoinAnswer, JoinRequest, Link, Signature};

use crate::home::{Home, outcome, text, until, until_level};

/// Somebody who was not let in knows of no circle and holds no entry.
fn knows_nothing(home: &Home) {
    assert_eq!(home.ok(&["status"])["circles"], serde_json::json!([]));
    assert_eq!(home.ok(&["circle", "list"]), serde_json::json!([]));
    assert_eq!(home.ok(&["whoami"])["circles"], serde_json::json!([]));
    assert_eq!(home.refused(&["listing", "list"]), "not_member");
}

#[test]
fn a_link_lets_in_one_newcomer_and_nobody_else() {
    let anna = Home::founder("Anna", "Lindenstraat");
    let link = anna.invite();
    let ben = Home::of("Ben");
    ben.ok(&["join", &link, "--no-lan"]);
    assert_eq!(ben.refused(&["join", &link, "--no-lan"]), "already_member");

    let cem = Home::of("Cem");
    let before = anna.circle_status()["entries"].clone();
    let (code, sentence) = cem.refusal(&["join", &link, "--no-lan"]);
    assert_eq!(code, "invite_used");
    assert!(sentence.contains("ask for a new one"), "{sentence}");
    knows_nothing(&cem);
    let names = |home: &Home| {
        let members = home.ok(&["member", "list"]);
        let members = members.as_array().unwrap();
        members.iter().map(|member| text(&member["name"])).collect::<Vec<_>>()
    };
    assert_eq!(names(&anna).len(), 2);
    assert_eq!(anna.circle_status()["entries"], before);

    // A new link works for the same person.
    cem.ok(&["join", &anna.invite(), "--no-lan"]);
    until_level(&[&anna, &cem]);
    assert!(names(&anna).contains(&"Cem".to_owned()));
}

#[test]
fn of_many_who_use_one_link_at_once_one_comes_in() {
    let anna = Home::founder("Anna", "Lindenstraat");
    let link = anna.invite();
    let homes: Vec<Home> = ["Ben", "Cem", "Dea", "Eli"].map(Home::of).into();
    let begun: Vec<_> = homes.iter().map(|home| home.begin(&["join", &link, "--no-lan"])).collect();
    let mut came_in = 0;
    for (home, child) in homes.iter().zip(begun) {
        let done = outcome(child);
        if done.status.success() {
            came_in += 1;
        } else {
            assert_eq!(done.refusal().0, "invite_used");
            knows_nothing(home);
        }
    }
    assert_eq!(came_in, 1);
    assert_eq!(anna.ok(&["member", "list"]).as_array().unwrap().len(), 2);
}

#[test]
fn an_expired_link_is_refused_by_either_clock() {
    let mut anna = Home::of("Anna");
    anna.set_clock("2026-12-01T10:00:00Z");
    anna.ok(&["circle", "create", "Lindenstraat", "--timezone", "Europe/Amsterdam"]);
    anna.start();
    let row = anna.ok(&["invite", "--expires", "2h"]);
    assert_eq!(row["expires"].as_str().unwrap()[..16], *"2026-12-01T13:00");
    let link = text(&row["link"]);
    let mut ben = Home::of("Ben");
    ben.set_clock("2026-12-01T12:30:00Z");
    assert_eq!(ben.refused(&["join", &link, "--no-lan"]), "invite_expired");
    knows_nothing(&ben);
    // A clock that is set back does not help: the one who lets in looks as well.
    ben.set_clock("2026-12-01T11:00:00Z");
    anna.stop();
    anna.set_clock("2026-12-01T12:30:00Z");
    anna.start();
    assert_eq!(ben.refused(&["join", &link, "--no-lan"]), "invite_expired");
    knows_nothing(&ben);
    for life in ["0s", "61d", "soon", "-1d", "106751991167d", "1µ", ""] {
        assert_eq!(anna.refused(&["invite", &format!("--expires={life}")]), "bad_time", "{life}");
    }
}

#[test]
fn a_damaged_link_says_so() {
    let anna = Home::founder("Anna", "Lindenstraat");
    let link = anna.invite();
    let ben = Home::of("Ben");
    let body = link.strip_prefix("noaber:join/").unwrap();
    let flip = |at: usize| {
        let mut bytes = link.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).unwrap()
    };
    let damaged = [
        link[..link.len() - 1].to_owned(),
        link[..link.len() / 2].to_owned(),
        format!("{link}A"),
        format!("{link}="),
        flip(20),
        flip(link.len() / 2),
        flip(link.len() - 1),
        link.to_uppercase(),
        body.to_owned(),
        "noaber:join/".to_owned(),
        "noaber:join/ ".to_owned(),
        "https://example.org/".to_owned(),
        "ñoaber:join/é".to_owned(),
        String::new(),
    ];
    for text in damaged {
        let (code, sentence) = ben.refusal(&["join", &text, "--no-lan"]);
        assert_eq!(code, "bad_link", "{text}");
        assert!(sentence.contains("link"), "{sentence}");
    }
    knows_nothing(&ben);
    // What a letter or a message does to a link is no damage.
    let (a, b) = link.split_at(70);
    ben.ok(&["join", &format!(" {a}\n  {b}\n"), "--no-lan"]);
}

#[test]
fn a_link_to_nobody_who_answers_leaves_nothing_behind() {
    let mut anna = Home::founder("Anna", "Lindenstraat");
    let link = anna.invite();
    anna.stop();
    let ben = Home::of("Ben");
    let (code, sentence) = ben.refusal(&["join", &link, "--no-lan", "--timeout", "1s"]);
    assert_eq!(code, "offline");
    assert!(sentence.contains("running"), "{sentence}");
    knows_nothing(&ben);
    // The same link works when somebody is there again.
    anna.start();
    assert_eq!(ben.ok(&["join", &link, "--no-lan"])["name"], "Lindenstraat");
    assert_eq!(ben.ok(&["sync", "--no-lan"])["unreachable"], serde_json::json!([]));
}

#[test]
fn strangers_learn_nothing_from_a_node() {
    let anna = Home::founder("Anna", "Lindenstraat");
    anna.ok(&["item", "add", "Ladder"]);
    let address = anna.ready()["addresses"][0].as_str().unwrap().parse().unwrap();
    let device: EndpointId = anna.ready()["device"].as_str().unwrap().parse().unwrap();
    let anna_at = EndpointAddr::new(device).with_ip_addr(address);
    let link = Link::parse(&anna.invite()).unwrap();
    let before = anna.circle_status();

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        // Somebody who runs a node, only not in this circle.
        let stranger = Stranger::new().await;
        let connection = stranger.dial(&anna_at, b"noaber/sync/1").await;
        assert_eq!(said_on(&connection).await, Vec::<u8>::new());

        // Guesses at an invite are answered alike, whether the circle is here or not.
        let other = CircleId::from_bytes([7; 32]);
        for (circle, secret) in [(link.circle, [9; 32]), (other, [9; 32]), (other, link.secret)] {
            let request = stranger.request(circle, secret);
            assert_eq!(stranger.knock(&anna_at, &request.encode()).await, JoinAnswer::Refused);
        }
        // So are a signature by another key, and noise.
        let mut forged = stranger.request(link.circle, link.secret);
        forged.invite_signature = stranger.request(link.circle, [9; 32]).invite_signature;
        assert_eq!(stranger.knock(&anna_at, &forged.encode()).await, JoinAnswer::Refused);
        for noise in [&[][..], &[0xff; 40], &[0; 1024]] {
            assert_eq!(stranger.knock(&anna_at, noise).await, JoinAnswer::Refused);
        }
        // Whoever says too much gets no answer at all, and a protocol of one's own no connection.
        let connection = stranger.dial(&anna_at, b"noaber/join/1").await;
        assert_eq!(exchange(&connection, &[0; 5000]).await, None);
        assert!(stranger.endpoint.connect(anna_at.clone(), b"noaber/sync/2").await.is_err());
        stranger.endpoint.close().await;
    });
    assert_eq!(anna.circle_status()["frontier"], before["frontier"]);
    assert_eq!(anna.ok(&["member", "list"]).as_array().unwrap().len(), 1);
}

/// How long a node that says nothing is listened to.
const LISTEN: Duration = Duration::from_secs(20);

/// A program that speaks the protocols and is in no circle.
struct Stranger {
    key: SigningKey,
    endpoint: Endpoint,
}

impl Stranger {
    async fn new() -> Self {
        let key = SigningKey::from_bytes(&[5; 32]);
        let endpoint = Endpoint::builder(presets::Minimal)
            .secret_key(SecretKey::from_bytes(&key.to_bytes()))
            .relay_mode(RelayMode::Disabled)
            .bind()
            .await
            .unwrap();
        Self { key, endpoint }
    }

    async fn dial(&self, whom: &EndpointAddr, protocol: &[u8]) -> Connection {
        self.endpoint.connect(whom.clone(), protocol).await.unwrap()
    }

    async fn knock(&self, whom: &EndpointAddr, request: &[u8]) -> JoinAnswer {
        let connection = self.dial(whom, b"noaber/join/1").await;
        let answer = exchange(&connection, request).await.expect("an answer");
        connection.close(0u32.into(), b"");
        JoinAnswer::decode(&answer).unwrap()
    }

    /// A request that holds together, with whatever secret.
    fn request(&self, circle: CircleId, secret: [u8; 32]) -> JoinRequest {
        let (root, invite) = (SigningKey::from_bytes(&[6; 32]), SigningKey::from_bytes(&secret));
        let member = MemberId::from_bytes(root.verifying_key().to_bytes());
        let device = DeviceId::from_bytes(self.key.verifying_key().to_bytes());
        let bond = Bond::statement(circle, member, device);
        let newcomer = Introduction {
            member,
            name: "Stranger".into(),
            device_name: "laptop".into(),
            bond: Bond {
                root: Signature::sign(&root, &bond),
                device: Signature::sign(&self.key, &bond),
            },
        };
        let statement = Admit::statement(circle, device, &newcomer);
        JoinRequest {
            circle,
            invite: InviteId::from_bytes(invite.verifying_key().to_bytes()),
            newcomer,
            invite_signature: Signature::sign(&invite, &statement),
        }
    }
}

/// Says something on a stream of its own; what comes back, if anything does.
async fn exchange(connection: &Connection, request: &[u8]) -> Option<Vec<u8>> {
    let talk = async {
        let (mut to, mut from) = connection.open_bi().await.ok()?;
        to.write_all(request).await.ok()?;
        to.finish().ok()?;
        from.read_to_end(64 * 1024).await.ok()
    };
    tokio::time::timeout(LISTEN, talk).await.expect("the node ends what leads to nothing")
}

/// All that a node says on a connection: on streams of ours, on streams of its own, and on closing.
async fn said_on(connection: &Connection) -> Vec<u8> {
    let mut said = exchange(connection, b"let me in").await.unwrap_or_default();
    let theirs = tokio::time::timeout(LISTEN, connection.accept_bi()).await;
    assert!(theirs.expect("the node closes").is_err(), "the node opened a stream to a stranger");
    match connection.close_reason() {
        Some(iroh::endpoint::ConnectionError::ApplicationClosed(close)) => {
            said.extend_from_slice(&close.reason);
        }
        other => panic!("the node did not close: {other:?}"),
    }
    said
}

#[test]
fn a_node_that_runs_already_joins_as_well() {
    let mut anna = Home::of("Anna");
    anna.start();
    anna.ok(&["circle", "create", "Lindenstraat"]);
    let mut ben = Home::of("Ben");
    ben.start();
    knows_nothing(&ben);
    assert_eq!(ben.refused(&["join", "noaber:join/abc"]), "bad_link");
    let link = anna.invite();
    assert_eq!(ben.ok(&["join", &link])["state"], "member");
    assert_eq!(ben.refused(&["join", &link]), "already_member");
    until_level(&[&anna, &ben]);
    assert_eq!(ben.ok(&["sync"])["unreachable"], serde_json::json!([]));

    // Any member's device lets newcomers in, also while the one who invited is away.
    let mut cem = Home::of("Cem");
    cem.start();
    let link = until("a link names Ben's device as well", || {
        let link = anna.invite();
        let known = Link::parse(&link).unwrap().admitters.len();
        if known == 2 { Ok(link) } else { Err(known) }
    });
    until_level(&[&anna, &ben]);
    anna.stop();
    assert_eq!(cem.ok(&["join", &link])["name"], "Lindenstraat");
    anna.start();
    until_level(&[&anna, &ben, &cem]);
    assert_eq!(anna.ok(&["member", "list"]).as_array().unwrap().len(), 3);
    let dea = Home::of("Dea");
    assert_eq!(dea.refused(&["join", &link, "--no-lan"]), "invite_used");
    knows_nothing(&dea);
}

#[test]
fn who_has_left_gets_no_news() {
    let anna = Home::founder("Anna", "Lindenstraat");
    let mut ben = Home::guest("Ben", &anna);
    ben.start();
    until_level(&[&anna, &ben]);
    assert_eq!(ben.ok(&["leave"])["state"], "left");
    until("Anna knows", || {
        let row = anna.ok(&["member", "show", "Ben"]);
        if row["state"] == "left" { Ok(()) } else { Err(row) }
    });
    anna.ok(&["item", "add", "Ladder"]);
    assert_eq!(ben.refused(&["item", "add", "Drill"]), "not_member");
    assert_eq!(ben.refused(&["invite"]), "not_member");
    assert_eq!(ben.ok(&["listing", "list"]), serde_json::json!([]), "news is not for him any more");
    assert_eq!(ben.ok(&["member", "list"]).as_array().unwrap().len(), 2, "the past stays readable");
}
