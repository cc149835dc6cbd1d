//! Circles, invites, members.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use noaber_core::view::{CircleView, Standing};
use noaber_core::wire::{Address, JoinAnswer, Link};
use noaber_core::{Command, Outcome};

use super::request::{CircleRequest, MemberRequest};
use super::rows::{Answer, IdentityRow, InviteRow, JoinedRow};
use super::{Api, Failure, resolve, show};
use crate::home::Home;
use crate::net::JoinResult;
use crate::qr::{self, EcLevel};

impl Api<'_> {
    pub(super) fn whoami(&self) -> Result<IdentityRow, Failure> {
        let identity = Home::at(self.node.home()).identity();
        let identity = identity.map_err(|error| Failure::new(error.code(), error.to_string()))?;
        Ok(IdentityRow {
            member: identity.member().to_string(),
            device: identity.device().to_string(),
            name: identity.name.clone(),
            device_name: identity.device_name.clone(),
            circles: show::named_circles(&self.node.view()),
        })
    }

    pub(super) async fn circle(&self, request: CircleRequest) -> Result<Answer, Failure> {
        match request {
            CircleRequest::List => {
                let view = self.node.view();
                Ok(Answer::Circles(resolve::circles(&view).map(|c| show::circle(c)).collect()))
            }
            CircleRequest::Show => Ok(Answer::Circle(show::circle(&*self.chosen_circle()?))),
            CircleRequest::Rules { timebank, floor } => self.house_rules(timebank, floor).await,
            CircleRequest::Create { name, timezone, currency } => {
                let timezone = known_zone(timezone)?;
                let currency = currency.to_uppercase();
                if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
                    let message = "a currency is three letters, like EUR";
                    return Err(Failure::new("bad_value", message));
                }
                let command = Command::CreateCircle { name, timezone, currency };
                match self.submit(command).await? {
                    Outcome::Circle(id) => {
                        let view = self.node.view();
                        let circle = view.circles.get(&id).ok_or_else(gone)?;
                        Ok(Answer::Circle(show::circle(circle)))
                    }
                    _ => Err(gone()),
                }
            }
        }
    }

    pub(super) async fn invite(
        &self,
        expires: &str,
        picture: Option<PathBuf>,
    ) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let life_ms = resolve::span_ms(expires)?;
        let here = self.here(&circle);
        let has_address = !(here.direct.is_empty() && here.relays.is_empty());
        let expires = self.now().plus_ms(life_ms);
        let Outcome::Invite(link) =
            self.submit(Command::Invite { circle: circle.id, expires, here }).await?
        else {
            return Err(gone());
        };
        let text = link.to_text();
        if let Some(file) = picture {
            qr::save_png(&text, EcLevel::M, &file)?;
        }
        Ok(Answer::Invite(InviteRow {
            link: text,
            expires: resolve::show(expires, &resolve::zone(&circle)),
            circle: circle.id.to_string(),
            name: circle.name.clone(),
            has_address,
        }))
    }

    /// Where this device can be reached: now, or when it last ran.
    fn here(&self, circle: &CircleView) -> Address {
        match self.network {
            Some(network) => network.address(),
            None => circle
                .addresses
                .get(&self.node.device())
                .cloned()
                .unwrap_or(Address { direct: Vec::new(), relays: Vec::new() }),
        }
    }

    pub(super) async fn join(&self, link: &str, timeout: &str) -> Result<Answer, Failure> {
        let link =
            Link::parse(link).map_err(|error| Failure::new("bad_link", error.to_string()))?;
        let timeout = Duration::from_millis(resolve::span_ms(timeout)? as u64);
        let network = self.network.ok_or_else(|| Failure::new("offline", "there is no network"))?;
        let circle = link.circle;
        network.forget_join(circle);
        let mut joins = network.joins();
        self.submit(Command::Join { link }).await?;
        let refused = async {
            loop {
                let result = joins.borrow_and_update().get(&circle).copied();
                if let Some(failure) = result.and_then(join_failure) {
                    return failure;
                }
                if joins.changed().await.is_err() {
                    return Failure::new("stopped", "the node is stopping");
                }
            }
        };
        let mut views = self.node.watch();
        let joined = views.wait_for(|view| {
            let is_in = |c: &Arc<CircleView>| c.standing == Standing::Member;
            let is_level = |((id, _), known): (&(_, _), &noaber_core::view::PeerView)| {
                *id == circle && known.is_level()
            };
            view.circles.get(&circle).is_some_and(is_in) && view.peers.iter().any(is_level)
        });
        let view = tokio::select! {
            failure = refused => return Err(failure),
            () = tokio::time::sleep(timeout) => {
                network.give_up_joining(circle);
                let message = "nobody who can let you in answered in time: is their Noaber running? Try again later with the same link";
                return Err(Failure::new("offline", message));
            }
            view = joined => Arc::clone(&*view.map_err(|_| Failure::new("stopped", "the node is stopping"))?),
        };
        let circle = view.circles.get(&circle).ok_or_else(gone)?;
        Ok(Answer::Joined(JoinedRow {
            circle: circle.id.to_string(),
            name: circle.name.clone(),
            state: show::standing(circle.standing).to_owned(),
        }))
    }

    pub(super) async fn leave(&self) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        self.submit(Command::Leave { circle: circle.id }).await?;
        Ok(Answer::Left(JoinedRow {
            circle: circle.id.to_string(),
            name: circle.name.clone(),
            state: show::standing(Standing::Left).to_owned(),
        }))
    }

    pub(super) fn member(&self, request: &MemberRequest) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        match request {
            MemberRequest::List => {
                let members = circle.roster.members.iter();
                Ok(Answer::Members(members.map(|(id, m)| show::member(&circle, *id, m)).collect()))
            }
            MemberRequest::Show { member } => {
                let id = resolve::member(&circle, member)?;
                let member = circle.roster.members.get(&id).ok_or_else(gone)?;
                Ok(Answer::Member(show::member(&circle, id, member)))
            }
        }
    }
}

/// What was there a moment ago is not there any more.
pub(super) fn gone() -> Failure {
    Failure::new("not_found", "this is not here any more")
}

fn join_failure(result: JoinResult) -> Option<Failure> {
    let (code, message) = match result {
        JoinResult::Answered(JoinAnswer::Welcome) => return None,
        JoinResult::Answered(JoinAnswer::Used) => {
            ("invite_used", "this invite has been used already: ask for a new one")
        }
        JoinResult::Answered(JoinAnswer::Expired) => {
            ("invite_expired", "this invite has expired: ask for a new one")
        }
        JoinResult::Answered(JoinAnswer::Full) => {
            ("circle_full", "this circle has as many members as a circle can have")
        }
        JoinResult::Answered(JoinAnswer::Refused) => {
            ("invite_refused", "this invite does not work: ask for a new one")
        }
        JoinResult::Unreachable => (
            "offline",
            "nobody who can let you in could be reached: is their Noaber running? Try again later with the same link",
        ),
    };
    Some(Failure::new(code, message))
}

fn known_zone(timezone: Option<String>) -> Result<String, Failure> {
    let zone = match &timezone {
        Some(name) => jiff::tz::TimeZone::get(name).ok(),
        None => Some(jiff::tz::TimeZone::system()),
    };
    let name = zone.and_then(|zone| zone.iana_name().map(str::to_owned));
    match (name, timezone) {
        (Some(name), _) => Ok(name),
        (None, None) => Ok("UTC".to_owned()),
        (None, Some(given)) => {
            let message = format!("“{given}” is not a time zone: write it like Europe/Amsterdam");
            Err(Failure::new("bad_value", message))
        }
    }
}
