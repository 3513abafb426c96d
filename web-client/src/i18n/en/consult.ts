export default {
  consult: {
    which: 'Whom to call together',
    about: 'About {number} {title}',
    aboutNothing: 'About no incident',
    nobody: 'Nobody can be called together from here.',
    and: ', ',
    by: 'called by {by} at {at}',
    members: 'Members',
    again: 'Ring again',
    sit: 'Go in',
    end: 'End the meeting',
    over: 'The meeting is over. Who sat there, and from when to when, is on record.',
    state: { ringing: 'ringing', accepted: 'on the way', here: 'here', declined: 'cannot come', noAnswer: 'no answer', absent: 'offline', busy: 'rung elsewhere', away: 'not here' },
    refused: { 'incident-elsewhere': 'The incident was not given to that town: nobody there is called about it.', 'room-full': 'No more people fit into the meeting.', 'mediation-over': 'The meeting is over.', 'too-many-people': 'No more people fit into the meeting.' },
  },
}
