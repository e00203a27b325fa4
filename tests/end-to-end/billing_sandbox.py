# SPDX-License-Identifier: GPL-3.0-or-later
"""Stripe's stand-in, as a test's desktop starts it."""

import base64
import json
import os
import re
import urllib.parse
import urllib.request

from billing_desktop import BUILD, PATIENCE, read_line

KEY = 'sk_test_51SandboxOfATest4242'
RESTRICTED_KEY = 'rk_test_51SandboxOfATest0007'


class Sandbox:
    """Ends with the desktop, or sooner."""

    def __init__(self, desktop, *arguments):
        self.desktop = desktop
        url, end = os.pipe()
        self.process = desktop.start(os.path.join(BUILD, 'src', 'sandbox', 'billing-sandbox'), '--port', '0',
                                     *arguments, stdout=end)
        os.close(end)
        self.url = read_line(url)

    def end(self):
        self.desktop.end(self.process)

    def fail(self, path, status, times=1000):
        """From now on, Stripe answers requests for this path with an error."""
        self.post('/sandbox/faults', kind='status', path=path, status=status, times=times)

    def collect(self, amount, email):
        """Somebody pays by a card, and Stripe is not told for what."""
        self.post('/v1/payment_intents', amount=amount, currency='usd', payment_method='pm_card_visa', confirm='true',
                   receipt_email=email, **{'payment_method_types[]': 'card'})

    def collect_for(self, payment, card):
        """Stripe collects a payment of ours by one of its test cards."""
        self.post('/v1/payment_intents', amount=payment['amount'], currency='usd', payment_method=card, confirm='true',
                  **{'payment_method_types[]': 'card', 'metadata[billing_payment]': payment['id']})

    def ask(self, where):
        """What Stripe says of something, or lists."""
        return json.loads(self._ask(self._make_request(where)))

    def visit(self, link):
        """A payer opens a payment link; returns where the visit can be paid, or None if the link is closed."""
        form = re.search(r'action="(/sandbox/pay/[^"]+)"', self._ask(link))
        return form.group(1) if form else None

    def pay(self, visit, card='pm_card_visa'):
        """The payer of a visit pays by a card; returns what the page says then."""
        return self.post(visit, card=card, name='Ana', email='ana@example.com')

    def post(self, where, **fields):
        """Does something at Stripe; returns what it answers."""
        return self._ask(self._make_request(where, urllib.parse.urlencode(fields).encode()))

    def _make_request(self, where, data=None):
        request = urllib.request.Request(self.url + where, data)
        request.add_header('Authorization', 'Basic ' + base64.b64encode(f'{KEY}:'.encode()).decode())
        return request

    def _ask(self, request):
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.read().decode()
