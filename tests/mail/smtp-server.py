#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail server for tests, on a free port of 127.0.0.1, which does as it is told.

usage: smtp-server.py [--stay] [--tls | --starttls] [--certificate PEM] [--user USER --password PASSWORD] [--keep FOLDER]
                      [--mail CODE] [--rcpt CODE] [--data CODE] [--lose] [--silent]

It prints its port as its first line, and then a line for each message that it took: MESSAGE-ID TO.  --lose takes a message
and hangs up without an answer, --silent never answers its end.  Without --stay it ends with its standard input.  With --keep each message is a file of the folder.
A recipient whose name begins with “lose”, “later” or “never” is treated as if --lose, --data 451 or --rcpt 550 had been said.
"""

import argparse
import asyncio
import email
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Handler:
    def __init__(self, arguments):
        self.arguments = arguments
        self.n = 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.arguments.mail:
            return f"{self.arguments.mail} The sender is not welcome"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        code = self.arguments.rcpt or ("550" if address.startswith("never") else None)
        if code:
            return f"{code} No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0]
        code = self.arguments.data or ("451" if name.startswith("later") else None)
        if code:
            return f"{code} Come again later"
        self.take(envelope)
        if self.arguments.lose or name.startswith("lose"):
            server.transport.abort()
        if self.arguments.silent:
            await asyncio.sleep(3600)
        return "250 Taken"

    def take(self, envelope):
        message = email.message_from_bytes(envelope.original_content)
        if self.arguments.keep:
            with open(os.path.join(self.arguments.keep, f"{self.n}.eml"), "wb") as file:
                file.write(envelope.original_content)
        self.n += 1
        print(message["Message-ID"], *envelope.rcpt_tos, flush=True)


def main():
    parser = argparse.ArgumentParser()
    for flag in ("--stay", "--tls", "--starttls", "--lose", "--silent"):
        parser.add_argument(flag, action="store_true")
    for option in ("--certificate", "--user", "--password", "--keep", "--mail", "--rcpt", "--data"):
        parser.add_argument(option)
    arguments = parser.parse_args()

    context = None
    if arguments.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(arguments.certificate)

    def authenticate(server, session, envelope, mechanism, data):
        right = (isinstance(data, LoginPassword) and data.login == (arguments.user or "").encode()
                 and data.password == (arguments.password or "").encode())
        return AuthResult(success=right, handled=right)

    handler = Handler(arguments)

    def make():
        return SMTP(handler, hostname="mail.test", require_starttls=arguments.starttls,
                    tls_context=context if arguments.starttls else None,
                    authenticator=authenticate, auth_required=bool(arguments.user),
                    auth_require_tls=arguments.starttls)

    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(make, "127.0.0.1", 0, ssl=context if arguments.tls else None)
        print(server.sockets[0].getsockname()[1], flush=True)
        if arguments.stay:
            await asyncio.Event().wait()
        # Whoever started it holds its standard input, and may die without a word.
        await loop.run_in_executor(None, sys.stdin.read)
        os._exit(0)

    asyncio.run(serve())


main()
