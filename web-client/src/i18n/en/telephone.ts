export default {
  telephone: {
    dial: 'Call by telephone',
    again: 'Call again',
    hangUp: 'Hang up',
    mute: 'Mute',
    unmute: 'Unmute',
    muted: 'muted',
    call: {
      dialling: 'calling', ringing: 'ringing', notice: 'answered, listens to the notice', seated: 'on the telephone', busy: 'busy', noAnswer: 'no answer', failed: 'could not be reached', gaveUp: 'given up',
      refused: 'did not agree to confidentiality', hungUp: 'has hung up', ended: 'hung up', lost: 'the line was lost', moved: 'came by the page',
    },
    cannotSign: '{names} takes part by telephone: sees no paper and no picture, and cannot sign by telephone. Read it to them; they sign later by a link, or where you are.',
    code: 'By telephone: make an access code',
    codeText: '[Online mediation] Please call the mediation centre and key in the access code {code} to take part in “{title}”. It is good once: tell it to nobody.',
    codeOf: 'Access code of {name}',
    codeHint: 'A code is good once. Links and codes of before that were not used open nothing any more.',
    failed: 'That did not work. Please try again later.',
    refused: {
      'no-number': 'No number of theirs is kept.', 'bad-number': 'What is kept is no number that can be called.', 'no-gateway': 'No telephone network is connected: nobody can be called now.', 'called-already': 'They are on the telephone, or being called.', 'no-such-call': 'There is no such call any more.', 'not-by-telephone': 'They are not on the telephone.',
      'mediator-only': 'The mediator does that.', 'mediation-over': 'The mediation is over.', 'no-such-person': 'Nobody of that name sits here.', 'record-unavailable': 'It cannot be kept now. Please try again later.', internal: 'That did not work. Please try again.',
    },
  },
}
