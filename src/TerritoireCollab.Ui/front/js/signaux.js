// The smallest SignalR client that a bell needs: JSON protocol over one WebSocket, records ended by U+001E.
import { url } from './base.js';

const end = '\u001e';
let socket;
let wait = 1000;
let timer;

function show(words) {
  for (const bell of document.querySelectorAll('[data-nouveautes]')) if (bell.textContent !== words) bell.textContent = words;
}

function words(news) {
  if (typeof news === 'string') return news;
  if (document.documentElement.lang.startsWith('en')) return news === 0 ? 'Nothing new' : `${news} new`;
  return news === 0 ? 'Aucune nouveauté' : `${news} nouveauté${news > 1 ? 's' : ''}`;
}

function receive(record) {
  if (!record) return;
  const message = JSON.parse(record);
  if (message.type === 1) {
    if (message.target === 'nouveautes') show(words(message.arguments[0]));
    document.dispatchEvent(new CustomEvent('signal', { detail: message }));
  } else if (message.type === 6) socket.send(`{"type":6}${end}`);
  else if (message.type === 7 && message.allowReconnect === false) wait = Infinity;
}

/** Opens the socket named by `<meta name="signaux">`; tries again after 1 s, then up to 60 s; sleeps while the page is hidden. */
export function connect() {
  const path = document.querySelector('meta[name="signaux"]')?.content;
  if (!path || document.hidden || socket || wait === Infinity) return;
  const address = url(path);
  address.protocol = address.protocol.replace('http', 'ws');
  socket = new WebSocket(address);
  socket.onopen = () => document.hidden ? socket.close() : socket.send(`{"protocol":"json","version":1}${end}`);
  socket.onmessage = event => { wait = Math.min(wait, 1000); event.data.split(end).forEach(receive); };
  socket.onclose = () => {
    socket = null;
    clearTimeout(timer);
    timer = setTimeout(connect, wait + Math.random() * 500);
    wait = Math.min(wait * 2, 60000);
  };
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) { clearTimeout(timer); connect(); }
  // One that is still opening closes once open: closed earlier, the browser reports an error on every page left in a hurry.
  else if (socket?.readyState === WebSocket.OPEN) socket.close();
});
