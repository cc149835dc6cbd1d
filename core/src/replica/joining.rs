//! Inviting, asking to be let in, letting in.

use ed25519_dalek::SigningKey;
use imbl::OrdSet;
use rand::Rng;

use super::commands::invite_of;
use super::{Circle, CommandError, Effect, Outbox, Outcome, Replica};
use crate::id::{CircleId, DeviceId};
use crate::limits::{MAX_ADMITTERS, MAX_INVITE_LIFE_MS};
use crate::roster::bond_holds;
use crate::time::Timestamp;
use crate::view::{CircleView, Standing};
use crate::wire::{
    Address, Admit, Admitter, InviteRecord, JoinAnswer, JoinRequest, Link, Payload, Signature,
};

impl Replica {
    pub(super) fn invite(
        &mut self,
        now: Timestamp,
        rng: &mut dyn Rng,
        circle: CircleId,
        expires: Timestamp,
        here: &Address,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        if expires <= now || expires > now.plus_ms(MAX_INVITE_LIFE_MS) {
            return Err(CommandError::InviteLife);
        }
        let mut secret = [0; 32];
        rng.fill_bytes(&mut secret);
        let name = view.name.clone();
        let admitters = self.admitters(view, here);
        let link = Link { circle, name, secret, expires, admitters };
        let invite = InviteRecord { invite: invite_of(&link.key()), expires };
        self.append(now, circle, &Payload::Invite(invite), out);
        Ok(Outcome::Invite(link))
    }

    /// This device first, then others that have said where they are: home servers mostly.
    fn admitters(&self, view: &CircleView, here: &Address) -> Vec<Admitter> {
        let me = self.identity.device();
        let admitter = |device: DeviceId, at: &Address| Admitter {
            device,
            direct: at.direct.clone(),
            relays: at.relays.clone(),
        };
        let others = view
            .addresses
            .iter()
            .filter(|(device, _)| **device != me && view.roster.is_active_device(**device))
            .map(|(device, at)| admitter(*device, at));
        std::iter::once(admitter(me, here)).chain(others).take(MAX_ADMITTERS).collect()
    }

    pub(super) fn join(
        &mut self,
        now: Timestamp,
        link: &Link,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let (id, me) = (link.circle, self.identity.member());
        let known = self.circles.get(&id).map(|circle| circle.view.standing);
        if known == Some(Standing::Member) {
            return Err(CommandError::AlreadyMember);
        }
        if now >= link.expires {
            return Err(CommandError::InviteExpired);
        }
        let devices = link.admitters.iter().map(|admitter| admitter.device);
        let circle = self.circles.entry(id).or_insert_with(|| Circle::new(id, me, OrdSet::new()));
        std::sync::Arc::make_mut(&mut circle.view).admitters.extend(devices);
        let admitters = circle.view.admitters.clone();
        out.circles.push(Effect::SaveCircle { circle: id, admitters });
        let request = self.join_request(id, &link.key());
        let admitters = link.admitters.clone();
        let request = Box::new(request);
        out.send.push(Effect::AskToJoin { circle: id, admitters, request });
        Ok(Outcome::Circle(id))
    }

    fn join_request(&self, circle: CircleId, invite: &SigningKey) -> JoinRequest {
        let newcomer = self.identity.introduce(circle);
        let statement = Admit::statement(circle, self.identity.device(), &newcomer);
        let invite_signature = Signature::sign(invite, &statement);
        JoinRequest { circle, invite: invite_of(invite), newcomer, invite_signature }
    }

    /// Judges a newcomer. Whoever cannot prove to hold an invite of ours gets one answer, whether or
    /// not the circle exists.
    pub(super) fn join_requested(
        &mut self,
        now: Timestamp,
        device: DeviceId,
        request: &[u8],
        out: &mut Outbox,
    ) -> JoinAnswer {
        let Ok(request) = JoinRequest::decode(request) else { return JoinAnswer::Refused };
        let said_at = self.clock.peek(now);
        let Ok(view) = self.member_of(request.circle) else { return JoinAnswer::Refused };
        let JoinRequest { circle, invite: id, newcomer, invite_signature } = request;
        let statement = Admit::statement(circle, device, &newcomer);
        let Some(invite) = view.roster.invites.get(&id) else { return JoinAnswer::Refused };
        if !invite_signature.verifies(id.as_bytes(), &statement)
            || !bond_holds(circle, device, &newcomer)
        {
            return JoinAnswer::Refused;
        }
        match invite.used_by {
            // The first answer was lost on its way.
            Some(by) if by == device && view.roster.is_active_device(device) => {
                return JoinAnswer::Welcome;
            }
            Some(_) => return JoinAnswer::Used,
            None => {}
        }
        if said_at >= invite.expires {
            return JoinAnswer::Expired;
        }
        // It came in by another link, and the one who let it in is gone before it could sync.
        if view.roster.is_active_device(device) {
            return JoinAnswer::Welcome;
        }
        if view.roster.devices.contains_key(&device) {
            return JoinAnswer::Refused;
        }
        if !view.roster.has_room_for(newcomer.member) {
            return JoinAnswer::Full;
        }
        let payload = Payload::Admit(Admit { invite: id, device, newcomer, invite_signature });
        // Names that are too long would not be read back.
        if Payload::decode(&payload.encode()).is_err() {
            return JoinAnswer::Refused;
        }
        self.append(now, circle, &payload, out);
        JoinAnswer::Welcome
    }

    /// What an admitter said to us. Only a refusal changes anything here: an admission shows itself
    /// when the entry that says so arrives.
    pub(super) fn join_answered(&mut self, id: CircleId, answer: JoinAnswer, out: &mut Outbox) {
        let nothing_held = |circle: &Circle| circle.view.heads.is_empty();
        if answer != JoinAnswer::Welcome && self.circles.get(&id).is_some_and(nothing_held) {
            self.circles.remove(&id);
            out.circles.push(Effect::ForgetCircle { circle: id });
        }
    }
}
