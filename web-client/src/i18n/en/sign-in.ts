export default {
  signIn: {
    what: 'Real-time video and voice dispatch',
    name: 'Account',
    password: 'Password',
    show: 'Show password',
    stay: 'Stay signed in on this device',
    go: 'Sign in',
    busy: 'Signing in…',
    expired: 'Your sign-in has expired. Please sign in again.',
    foot: 'Maplebridge 枫桥',
    lack: {
      webrtc: 'This browser cannot do real-time video and voice. Use Chrome 87, Edge 87, Firefox 102, Safari 15.4 or newer.',
      insecure: 'This is not a secure (https) connection, so the browser hides microphone and camera. You can sign in to watch and listen; to talk, use the https address.',
    },
    trouble: {
      empty: 'Enter account and password.',
      'wrong-password': 'Account or password is wrong. Check both and try again.',
      'too-many': 'Too many attempts. Try again in {seconds} seconds.',
      'no-server': 'The server cannot be reached. Check the network and try again.',
      'no-answer': 'The server did not answer within 10 seconds. Try again.',
      'server-trouble': 'The server has a fault. Try again later; if it stays, tell the administrator.',
    },
  },
}
