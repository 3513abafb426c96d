document.querySelector('#app')!.textContent = '枫桥 Maplebridge'
