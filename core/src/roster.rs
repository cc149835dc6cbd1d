//! Who is in the circle: members, their devices, invites.
//!
//! The roster is a pure function of the *set* of roster records held: again and again, the earliest
//! record by (time, hash) whose grounds are there is applied. So clocks that disagree cannot hide an
//! admission behind its invite. In the usual case, a new record at the end, one step is enough.
//! This module does not know logs, documents or bookings; `replica::circle` asks it who may speak.

use std::collections::{BTreeMap, BTreeSet};

use imbl::{OrdMap, Vector};
use serde::Serialize;

use crate::id::{CircleId, DeviceId, EntryHash, InviteId, MemberId};
use crate::limits::{MAX_DEVICES, MAX_MEMBERS, MAX_ROSTER_RECORDS};
use crate::time::{Hlc, Timestamp};
use crate::wire::{Admit, Bond, Found, Introduction, InviteRecord};

/// Whether a member is still in the circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Membership {
    /// In.
    Active,
    /// Went by themselves.
    Left,
}

/// A member of the circle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// What to call them.
    pub name: String,
    /// Trusted with roster decisions.
    pub steward: bool,
    /// When they came in.
    pub since: Timestamp,
    /// Their devices, in the order in which they came.
    pub devices: Vec<DeviceId>,
    /// In or gone.
    pub membership: Membership,
}

/// A device that belongs to a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Device {
    /// Whose it is.
    pub member: MemberId,
    /// What to call it.
    pub name: String,
    /// The last entry of its log that counts, when there is one.
    pub until: Option<u64>,
}

/// An invite that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Invite {
    /// Who opened it.
    pub by: MemberId,
    /// From then on it lets nobody in.
    pub expires: Timestamp,
    /// The device that came in by it.
    pub used_by: Option<DeviceId>,
}

/// Who is in, as screens see it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Roster {
    /// Members, also those who left.
    pub members: OrdMap<MemberId, Member>,
    /// Their devices.
    pub devices: OrdMap<DeviceId, Device>,
    /// Invites ever opened.
    pub invites: OrdMap<InviteId, Invite>,
    /// Devices in the order in which they came in: each after the one that admitted it.
    pub order: Vector<DeviceId>,
}

impl Roster {
    /// The member for whom the entry at `seq` of a device's log speaks; `None` if it does not count.
    pub fn speaks_for(&self, device: DeviceId, seq: u64) -> Option<MemberId> {
        let standing = self.devices.get(&device)?;
        standing.until.is_none_or(|until| seq <= until).then_some(standing.member)
    }

    /// Whether the device belongs to a member who is in now.
    pub fn is_active_device(&self, device: DeviceId) -> bool {
        self.devices.get(&device).is_some_and(|standing| self.is_active(standing.member))
    }

    /// Whether the member is in now.
    pub fn is_active(&self, member: MemberId) -> bool {
        self.members.get(&member).is_some_and(|m| m.membership == Membership::Active)
    }

    fn take_founder(&mut self, device: DeviceId, founder: &Introduction, at: Timestamp) {
        self.take_newcomer(device, founder, at, true);
    }

    fn take_newcomer(
        &mut self,
        device: DeviceId,
        newcomer: &Introduction,
        at: Timestamp,
        steward: bool,
    ) {
        let member = self.members.entry(newcomer.member).or_insert_with(|| Member {
            name: newcomer.name.clone(),
            steward,
            since: at,
            devices: Vec::new(),
            membership: Membership::Active,
        });
        member.devices.push(device);
        let standing =
            Device { member: newcomer.member, name: newcomer.device_name.clone(), until: None };
        self.devices.insert(device, standing);
        self.order.push_back(device);
    }

    /// Whether the member can come in, or bring in one more device.
    pub(crate) fn has_room_for(&self, member: MemberId) -> bool {
        match self.members.get(&member) {
            Some(known) => {
                known.membership == Membership::Active && known.devices.len() < MAX_DEVICES
            }
            None => self.members.len() < MAX_MEMBERS,
        }
    }
}

/// A record that the roster is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum RosterRecord {
    /// See [`Found`].
    Found(Box<Found>),
    /// See [`InviteRecord`].
    Invite(InviteRecord),
    /// See [`Admit`].
    Admit(Box<Admit>),
    /// The author's member leaves.
    Leave,
}

#[derive(Debug)]
struct Held {
    author: DeviceId,
    seq: u64,
    record: RosterRecord,
}

/// What a record rests on, beside itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ground {
    /// The author is a device that came in.
    Device(DeviceId),
    /// The invite was opened.
    Invite(InviteId),
}

/// What became of one record.
enum Outcome {
    /// It applies, and may be the ground for others.
    Applied(Option<Ground>),
    /// It does not apply, whatever comes after.
    Void,
    /// This, which it rests on, is not here yet.
    Stuck(Ground),
}

/// The order in which records apply where they can.
type Key = (Hlc, EntryHash);

/// The roster records held, and the roster that follows from them.
#[derive(Debug, Default)]
pub struct RosterFold {
    held: BTreeMap<Key, Held>,
    /// Records that do not apply yet, by what they miss.
    stuck: BTreeMap<Ground, BTreeSet<Key>>,
    /// How many records of each log are held.
    count_of: BTreeMap<DeviceId, usize>,
    roster: Roster,
}

impl RosterFold {
    /// Who is in, by the records held.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// Takes in one record; `false` when it is held already or does not count: its signatures are
    /// wrong, or its log has said enough about the roster. Logs come in order, so it is the same
    /// records everywhere that are too many.
    pub fn insert(
        &mut self,
        circle: CircleId,
        author: DeviceId,
        seq: u64,
        key: Key,
        record: RosterRecord,
    ) -> bool {
        if self.held.contains_key(&key) || !is_authentic(circle, author, seq, &record) {
            return false;
        }
        let count = self.count_of.entry(author).or_default();
        if *count >= MAX_ROSTER_RECORDS {
            return false;
        }
        *count += 1;
        let at_end = self.held.last_key_value().is_none_or(|(last, _)| *last < key);
        self.held.insert(key, Held { author, seq, record });
        // One that comes after all others is judged after all others.
        if at_end {
            self.judge(BTreeSet::from([key]));
        } else {
            self.roster = Roster::default();
            self.stuck.clear();
            self.judge(self.held.keys().copied().collect());
        }
        true
    }

    /// Applies records: always the earliest that can be; one that applies may free an earlier one.
    fn judge(&mut self, mut ready: BTreeSet<Key>) {
        while let Some(key) = ready.pop_first() {
            match apply(&mut self.roster, key, &self.held[&key]) {
                Outcome::Applied(Some(ground)) => {
                    ready.extend(self.stuck.remove(&ground).unwrap_or_default());
                }
                Outcome::Stuck(ground) => _ = self.stuck.entry(ground).or_default().insert(key),
                Outcome::Applied(None) | Outcome::Void => {}
            }
        }
    }
}

fn is_authentic(circle: CircleId, author: DeviceId, seq: u64, record: &RosterRecord) -> bool {
    match record {
        RosterRecord::Found(found) => {
            seq == 1 && bond_holds(CircleId::ZERO, author, &found.founder)
        }
        RosterRecord::Admit(admit) => {
            let statement = Admit::statement(circle, admit.device, &admit.newcomer);
            admit.invite_signature.verifies(admit.invite.as_bytes(), &statement)
                && bond_holds(circle, admit.device, &admit.newcomer)
        }
        RosterRecord::Invite(_) | RosterRecord::Leave => true,
    }
}

/// Whether root key and device key both stand behind an introduction.
pub(crate) fn bond_holds(circle: CircleId, device: DeviceId, who: &Introduction) -> bool {
    let statement = Bond::statement(circle, who.member, device);
    who.bond.root.verifies(who.member.as_bytes(), &statement)
        && who.bond.device.verifies(device.as_bytes(), &statement)
}

fn apply(roster: &mut Roster, key: Key, held: &Held) -> Outcome {
    let at = key.0.timestamp();
    if let RosterRecord::Found(found) = &held.record {
        roster.take_founder(held.author, &found.founder, at);
        return Outcome::Applied(Some(Ground::Device(held.author)));
    }
    let Some(standing) = roster.devices.get(&held.author) else {
        return Outcome::Stuck(Ground::Device(held.author));
    };
    let member = standing.member;
    if standing.until.is_some_and(|until| held.seq > until) {
        return Outcome::Void;
    }
    match &held.record {
        RosterRecord::Found(_) => Outcome::Void,
        RosterRecord::Invite(invite) => {
            let opened = Invite { by: member, expires: invite.expires, used_by: None };
            roster.invites.entry(invite.invite).or_insert(opened);
            Outcome::Applied(Some(Ground::Invite(invite.invite)))
        }
        RosterRecord::Admit(admit) => {
            let Some(invite) = roster.invites.get(&admit.invite) else {
                return Outcome::Stuck(Ground::Invite(admit.invite));
            };
            if invite.used_by.is_some()
                || at >= invite.expires
                || roster.devices.contains_key(&admit.device)
                || !roster.has_room_for(admit.newcomer.member)
            {
                return Outcome::Void;
            }
            if let Some(invite) = roster.invites.get_mut(&admit.invite) {
                invite.used_by = Some(admit.device);
            }
            roster.take_newcomer(admit.device, &admit.newcomer, at, false);
            Outcome::Applied(Some(Ground::Device(admit.device)))
        }
        RosterRecord::Leave => {
            if let Some(standing) = roster.devices.get_mut(&held.author) {
                standing.until = Some(held.seq);
            }
            if let Some(member) = roster.members.get_mut(&member) {
                member.membership = Membership::Left;
            }
            Outcome::Applied(None)
        }
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::SigningKey;

    use super::*;
    use crate::wire::Signature;

    const CIRCLE: CircleId = CircleId::from_bytes([5; 32]);

    fn key(n: u8) -> SigningKey {
        SigningKey::from_bytes(&[n; 32])
    }

    fn device(n: u8) -> DeviceId {
        DeviceId::from_bytes(key(n).verifying_key().to_bytes())
    }

    fn introduction(circle: CircleId, n: u8) -> Introduction {
        let member = MemberId::from_bytes(key(n + 100).verifying_key().to_bytes());
        let statement = Bond::statement(circle, member, device(n));
        Introduction {
            member,
            name: format!("member {n}"),
            device_name: "laptop".into(),
            bond: Bond {
                root: Signature::sign(&key(n + 100), &statement),
                device: Signature::sign(&key(n), &statement),
            },
        }
    }

    fn invite_id(n: u8) -> InviteId {
        InviteId::from_bytes(key(n).verifying_key().to_bytes())
    }

    fn admit(invite: u8, newcomer: u8) -> RosterRecord {
        let newcomer_introduction = introduction(CIRCLE, newcomer);
        let statement = Admit::statement(CIRCLE, device(newcomer), &newcomer_introduction);
        RosterRecord::Admit(Box::new(Admit {
            invite: invite_id(invite),
            device: device(newcomer),
            newcomer: newcomer_introduction,
            invite_signature: Signature::sign(&key(invite), &statement),
        }))
    }

    fn open(invite: u8) -> RosterRecord {
        let expires = Timestamp::from_ms(1_000_000);
        RosterRecord::Invite(InviteRecord { invite: invite_id(invite), expires })
    }

    fn found() -> RosterRecord {
        RosterRecord::Found(Box::new(Found {
            name: "Lindenstraat".into(),
            timezone: "Europe/Amsterdam".into(),
            currency: "EUR".into(),
            salt: [0; 16],
            founder: introduction(CircleId::ZERO, 1),
        }))
    }

    /// (author, seq, time, record): device 1 founds and invites twice; 1 and 2 admit by one link at
    /// the same time; 3 leaves. The clock of device 2 is behind.
    fn street() -> Vec<(u8, u64, u64, RosterRecord)> {
        vec![
            (1, 1, 10, found()),
            (1, 2, 20, open(50)),
            (1, 3, 30, admit(50, 2)),
            (1, 4, 40, open(51)),
            (2, 1, 5, admit(51, 3)),
            (1, 5, 50, admit(51, 4)),
            (3, 1, 60, RosterRecord::Leave),
            (3, 2, 61, open(52)),
        ]
    }

    fn fold(records: &[(u8, u64, u64, RosterRecord)], order: &[usize]) -> Roster {
        let mut fold = RosterFold::default();
        for i in order {
            let (author, seq, time, record) = records[*i].clone();
            let key = (Hlc::from_bits(time << 16), EntryHash::from_bytes([*i as u8; 32]));
            fold.insert(CIRCLE, device(author), seq, key, record);
        }
        fold.roster
    }

    #[test]
    fn every_order_of_arrival_gives_the_same_roster() {
        let records = street();
        let forward = fold(&records, &[0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(forward.members.len(), 3, "one link used at two places admits one");
        assert!(forward.devices.contains_key(&device(3)), "the earlier admission stands");
        assert!(!forward.is_active_device(device(3)), "and its member left");
        assert_eq!(forward.invites.len(), 2, "an invite after leaving does not count");
        let mut order: Vec<usize> = (0..8).collect();
        permute(&mut order, 0, &mut |order| {
            assert_eq!(fold(&records, order), forward, "{order:?}");
        });
    }

    fn permute(order: &mut Vec<usize>, at: usize, check: &mut impl FnMut(&[usize])) {
        // Every choice and order of the first four, and behind them the rest as it stands: 1,680 orders.
        if at == 4 {
            check(order);
            return;
        }
        for i in at..order.len() {
            order.swap(at, i);
            permute(order, at + 1, check);
            order.swap(at, i);
        }
    }

    #[test]
    fn nobody_is_admitted_with_a_forged_signature_or_somebody_elses_device() {
        let mut fold = RosterFold::default();
        let at = |t: u64| (Hlc::from_bits(t << 16), EntryHash::from_bytes([t as u8; 32]));
        fold.insert(CIRCLE, device(1), 1, at(1), found());
        fold.insert(CIRCLE, device(1), 2, at(2), open(50));
        let RosterRecord::Admit(good) = admit(50, 2) else { unreachable!() };
        let mut renamed = good.clone();
        renamed.newcomer.name = "Mallory".into();
        fold.insert(CIRCLE, device(1), 3, at(3), RosterRecord::Admit(renamed));
        let mut stolen = good.clone();
        stolen.device = device(9);
        fold.insert(CIRCLE, device(1), 4, at(4), RosterRecord::Admit(stolen));
        assert_eq!(fold.roster().members.len(), 1);
        assert!(!fold.roster().devices.contains_key(&device(9)));
        fold.insert(CIRCLE, device(1), 5, at(5), RosterRecord::Admit(good));
        assert_eq!(fold.roster().members.len(), 2);
    }

    #[test]
    fn an_expired_invite_admits_nobody() {
        let mut fold = RosterFold::default();
        let at = |t: u64| (Hlc::from_bits(t << 16), EntryHash::from_bytes([1; 32]));
        fold.insert(CIRCLE, device(1), 1, at(1), found());
        fold.insert(CIRCLE, device(1), 2, at(2), open(50));
        fold.insert(CIRCLE, device(1), 3, at(1_000_000), admit(50, 2));
        assert_eq!(fold.roster().members.len(), 1);
    }
}
