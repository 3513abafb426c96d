export default {
  signIn: {
    what: '实时音视频指挥调度',
    name: '账号',
    password: '密码',
    show: '显示密码',
    stay: '在本设备保持登录',
    go: '登录',
    busy: '正在登录…',
    expired: '登录已过期，请重新登录。',
    foot: '枫桥 Maplebridge',
    lack: {
      webrtc: '此浏览器不支持实时音视频。请使用 Chrome 87、Edge 87、Firefox 102、Safari 15.4 或更新版本。',
      insecure: '当前不是安全连接（https），浏览器不允许使用麦克风和摄像头。可以登录观看和收听；要讲话请改用 https 地址。',
    },
    trouble: {
      empty: '请填写账号和密码。',
      'wrong-password': '账号或密码不正确，请检查后重试。',
      'too-many': '尝试次数过多，请在 {seconds} 秒后重试。',
      'no-server': '连不上服务器。请检查网络后重试。',
      'no-answer': '服务器 10 秒内没有回答，请重试。',
      'server-trouble': '服务器出现故障，请稍后重试；如仍失败请联系管理员。',
    },
  },
}
