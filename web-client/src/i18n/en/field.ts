export default {
  field: {
    title: 'Report a matter',
    what: 'What has happened',
    place: 'Where',
    placeHint: 'such as: Changyu village, at number 12',
    here: 'Add where I am now',
    nowhere: 'No position: please describe the place',
    level: 'How urgent',
    send: 'Report to my room',
    sending: 'Reporting…',
    sent: 'Reported, number {number}',
    next: 'The room has it. If you are to act, an order will come.',
    again: 'Report another one',
    lacksText: 'Please say what has happened',
    lacksPlace: 'Please say where',
    offline: 'No network; what you wrote is kept on this device. Press again when it is back: it will not be reported twice.',
  },
}
