//! How this home is reached: the network, the calendars for other programs, and what a technical page
//! tells of them.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::OnceLock;

use noaber_node::access::Access;
use noaber_node::api::Failure;
use noaber_node::api::request::Request;
use noaber_node::api::rows::{Answer as Row, StatusRow};
use noaber_node::service::{NetChoice, Reached};

use super::{Answer, Engine, Stage, Ticket};

/// Where calendars are served: to this machine, at the port of last time where that is free.
const CALENDARS_AT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// Whether calendars are served to other programs on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendars {
    /// They are.
    Served,
    /// They are not.
    Off,
}

impl Engine {
    /// How the home is reached now: what is chosen for the network, why there is none, and where
    /// calendars are served.
    pub fn reached(&self) -> &Reached {
        static UNKNOWN: OnceLock<Reached> = OnceLock::new();
        match &self.stage {
            Stage::Running(running) => &running.reached,
            _ => UNKNOWN.get_or_init(Reached::default),
        }
    }

    /// Why there is no network, if there is none.
    pub fn offline(&self) -> Option<&str> {
        self.reached().offline.as_deref()
    }

    /// Runs the network so from now on, also after a restart. The answer is an [`Answer::Chosen`];
    /// where it cannot run so, it goes on as before.
    pub fn choose_network(&mut self, choice: NetChoice) -> Ticket {
        self.answer_later(|access| async move {
            let chosen = match access {
                Some(access) => access.choose_network(choice).await,
                None => Err(not_running()),
            };
            Answer::Chosen(chosen)
        })
    }

    /// Serves calendars to other programs on this machine, or stops doing so, also after a restart. The
    /// answer is an [`Answer::Chosen`]; then [`Engine::reached`] has the addresses.
    pub fn choose_calendars(&mut self, calendars: Calendars) -> Ticket {
        let address = match calendars {
            Calendars::Served => Some(CALENDARS_AT),
            Calendars::Off => None,
        };
        self.answer_later(move |access| async move {
            let chosen = match access {
                Some(access) => access.choose_calendar(address).await,
                None => Err(not_running()),
            };
            Answer::Chosen(chosen)
        })
    }

    /// Asks how the node is doing, for a technical page: other devices, the ways to them, when they were
    /// last seen, how far behind they are, frontiers, traffic. The answer is an [`Answer::Status`].
    pub fn ask_status(&mut self) -> Ticket {
        self.answer_later(|access| async move {
            let status = match access {
                Some(access) => status(&access).await,
                None => Err(not_running()),
            };
            Answer::Status(status)
        })
    }
}

async fn status(access: &Access) -> Result<Box<StatusRow>, Failure> {
    match access.execute(Request::Status).await? {
        Row::Status(row) => Ok(Box::new(row)),
        _ => Err(Failure::new("version", "something else was answered than was asked")),
    }
}

fn not_running() -> Failure {
    Failure::new("stopped", "Noaber does not run here yet, or not any more")
}
