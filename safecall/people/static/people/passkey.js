// Says on the page when a passkey could not be used or made; django-allauth only logs it.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  const message = document.getElementById('passkey-error')
  message.hidden = false
  message.scrollIntoView({ block: 'nearest' })
})
